"""The registers of two interrupt controllers share addresses.

Checks:
    Registers that intersect without beginning at one address, or are of different kinds: those
    of local APICs and I/O APICs, of GIC distributors, redistributors, MSI frames and translation
    services, of the controllers of RISC-V and LoongArch, and of the GICC and RINTC structures.
    Where the structure does not state a size it is the least that the kind has.

Why it matters:
    A write to one controller reaches the other.

What Linux does:
    Linux does not compare them: the second driver cannot reserve the addresses, or both write to
    the same registers.

How to fix:
    State the addresses and sizes of the registers.

References:
    ACPI 6.5, 5.2.12.3 to 5.2.12.26; GICv3 architecture specification, 12.10.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView, Registers
from srat_tool.lint.rule import Example, MadtRule


class RegistersOverlap(MadtRule):
    id = "MADT018"
    severity = Severity.WARNING
    yields_to = ("MADT009",)
    examples = (
        Example(
            "a translation service inside another one",
            """\
[madt]
entries = '''
gicc 0 0
its 0 0x8080000
its 1 0x8090000
'''
""",
            findings=("entry 2 (ITS): [mem 0x08090000-0x080affff] overlaps entry 1 (ITS)",),
        ),
        Example(
            "an I/O APIC where the local APICs are",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000e0fe00000000
'''
""",
            findings=("entry 1 (I/O APIC): [mem 0xfee00000-0xfee00013] overlaps the local APICs",),
        ),
        Example(
            "one after the other",
            """\
[madt]
entries = '''
gicc 0 0
its 0 0x8080000
its 1 0x80a0000
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        reach: Registers | None = None
        for one in sorted(madt.registers, key=lambda one: (one.span.start, -one.span.end)):
            if reach is not None and one.span.start < reach.span.end:
                same = one.span.start == reach.span.start and one.kind == reach.kind
                if not (same and one.is_compared):
                    message = f"{mem_range(one.span)} overlaps {madt.owner(reach)}"
                    yield madt.at_registers(one, message)
            if reach is None or one.span.end > reach.span.end:
                reach = one
