"""A memory entry sets undefined flags.

Checks:
    An enabled memory entry with a flag other than bits 0 to 3.

Why it matters:
    A later specification may give them a meaning that was not meant.

What Linux does:
    Linux does not look at them.

How to fix:
    Clear them.

References:
    ACPI 6.6, 5.2.16.2; fwts label SRATReservedBitsNonZero, which in older versions cries out at
    bit 3.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class ReservedFlagBits(SratRule):
    id = "SRAT109"
    severity = Severity.WARNING
    examples = (
        Example(
            "bit 4",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G flags=0x11
'''
""",
            findings=("entry 1 (memory, domain 0): reserved bits 0x10 of the flags are set",),
        ),
        Example(
            "specific purpose is defined",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+4G special
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        yield from srat.reserved_bits(srat.memory, whole=False)
