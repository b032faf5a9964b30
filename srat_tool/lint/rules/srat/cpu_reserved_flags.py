"""A processor entry sets undefined flags.

Checks:
    An enabled processor entry with a flag other than bit 0.

Why it matters:
    A later specification may give them a meaning that was not meant.

What Linux does:
    Linux does not look at them.

How to fix:
    Clear them.

References:
    ACPI 6.6, 5.2.16; fwts label SRATReservedBitsNonZero.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView
from srat_tool.tables.kinds import SRAT


class CpuReservedFlags(SratRule):
    id = "SRAT206"
    severity = Severity.WARNING
    examples = (
        Example(
            "bit 1",
            """\
[srat]
entries = '''
apic 0 0 flags=3
mem 0 0+4G
'''
""",
            findings=("entry 0 (processor, domain 0): reserved bits 0x2 of the flags are set",),
        ),
        Example(
            "bit 0 alone",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        cpus = srat.entries_in_force(*SRAT.processor_types)
        yield from srat.reserved_bits(cpus, whole=False)
