"""A device entry sets undefined flags.

Checks:
    An enabled generic initiator or port with a flag other than bits 0 and 1.

Why it matters:
    A later specification may give them a meaning that was not meant.

What Linux does:
    Linux does not look at them.

How to fix:
    Clear them.

References:
    ACPI 6.5, 5.2.16.6; fwts label SRATReservedBitsNonZero.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class GiFlagsReserved(SratRule):
    id = "SRAT303"
    severity = Severity.WARNING
    examples = (
        Example(
            "bit 2",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
initiator 1 pci:0000:3a:00.0 flags=5
'''
""",
            findings=(
                "entry 2 (generic initiator, domain 1): reserved bits 0x4 of the flags are set",
            ),
        ),
        Example(
            "architectural transactions",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
initiator 1 pci:0000:3a:00.0 architectural
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        yield from srat.reserved_bits(srat.devices, whole=False)
