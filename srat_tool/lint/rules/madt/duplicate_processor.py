"""A processor is listed more than once.

Checks:
    An enabled structure whose APIC id, hart id or UID an enabled structure of the same type
    before it has; for a GICC also the MPIDR, and with GICv1 or GICv2 the number of the CPU
    interface.

Why it matters:
    One processor cannot be two: the others that were meant are missing.

What Linux does:
    On x86 a second entry of an APIC id gets the number of the first and overwrites its ACPI id,
    so processors are lost without a message. On arm64 a GICC with an MPIDR that is already
    known is skipped, "duplicate CPU MPIDR 0x... in MADT".

How to fix:
    Give each processor its own id, and clear Enabled in the structures that are left over.

References:
    ACPI 6.5, 5.2.12; Linux arch/x86/kernel/cpu/topology.c topo_register_apic,
    arch/arm64/kernel/smp.c acpi_map_gic_cpu_interface.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.rule import Example, MadtRule


class DuplicateProcessor(MadtRule):
    id = "MADT003"
    severity = Severity.WARNING
    examples = (
        Example(
            "the same APIC id twice",
            """\
[madt]
entries = '''
lapic 0 0
lapic 1 0
'''
""",
            findings=("entry 1 (local APIC): APIC id 0x0 again, first in entry 0",),
        ),
        Example(
            "the same MPIDR twice",
            """\
[madt]
entries = '''
gicc 0 0x100
gicc 1 0x100
'''
""",
            findings=("entry 1 (GICC): MPIDR 0x100 again, first in entry 0",),
        ),
        Example(
            "each id once",
            """\
[madt]
entries = '''
lapic 0..3 0..3
lapic 4..5 255 off
'''
""",
        ),
        Example(
            "local APIC and x2APIC for the same processor",
            """\
[madt]
entries = '''
lapic 0..1 0..1
x2apic 0..1 0..1
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        seen: dict[tuple[int, str, int], Any] = {}
        for cpu in madt.cpus:
            for field, number, name in madt.identities(cpu):
                first = seen.setdefault((cpu.entry.type, field, number), cpu.entry)
                if first is not cpu.entry:
                    message = f"{name} again, first in entry {madt.number(first)}"
                    hit = madt.at(cpu.entry, field, message)
                    values = (f"{number:#x}",) if field == "mpidr" else ()
                    alike = (field, madt.distance(first, cpu.entry))
                    yield hit._replace(alike=alike, values=values)
                    break
