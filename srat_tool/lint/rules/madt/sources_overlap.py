"""The interrupts of two controllers share numbers.

Checks:
    An APLIC or PLIC without sources or with more than 1023, and two of them, or two I/O APICs of
    at least 8 inputs, whose interrupt numbers (GSI) intersect without a common first one.

Why it matters:
    It is unknown which controller a device's interrupt belongs to.

What Linux does:
    Linux on x86 leaves the second I/O APIC out, and prints that its GSI range "conflicts with GSI"
    of another one. On RISC-V it uses the first controller in the table that has the interrupt.

How to fix:
    State the first interrupt of each controller.

References:
    ACPI 6.5, 5.2.12.3; ACPI 6.6 for RISC-V; Linux arch/x86/kernel/apic/io_apic.c
    mp_register_ioapic, drivers/acpi/riscv/irq.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.other_controllers import APLIC, IO_APIC, PLIC, Controller
from srat_tool.lint.rule import Example, MadtRule

IO_APIC_LEAST = 8
ISA_INTERRUPTS = 16
"""Inputs of the I/O APIC whose first interrupt is 0, at least."""
MAX_SOURCES = 1023


class SourcesOverlap(MadtRule):
    id = "MADT022"
    severity = Severity.WARNING
    examples = (
        Example(
            "4 interrupts apart",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000c0fe00000000
raw 1 05000010c0fe04000000
'''
""",
            findings=("entry 2 (I/O APIC): GSI base 4 is an interrupt of entry 1 (I/O APIC) too",),
        ),
        Example(
            "24 interrupts apart",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000c0fe00000000
raw 1 05000010c0fe18000000
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        controllers = madt.controllers_of(IO_APIC, APLIC, PLIC)
        last: Controller | None = None
        for one in sorted(controllers, key=lambda one: (one["GSI base"], one.entry.offset)):
            base = one["GSI base"]
            if "sources" in one.fields and not 0 < one["sources"] <= MAX_SOURCES:
                message = f"{one.text('sources')} is not 1 to {MAX_SOURCES}"
                yield madt.on(one, "sources", message)
            if last is not None and last["GSI base"] < base < _end(last):
                message = f"GSI base {base} is an interrupt of {madt.name(last.entry)} too"
                yield madt.on(one, "GSI base", message)
            if last is None or _end(one) > _end(last):
                last = one


def _end(one: Controller) -> int:
    least = IO_APIC_LEAST if one["GSI base"] else ISA_INTERRUPTS
    sources = one["sources"] if "sources" in one.fields else least
    return one["GSI base"] + sources
