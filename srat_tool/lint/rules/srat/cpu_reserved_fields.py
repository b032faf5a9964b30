"""Reserved fields of a processor entry are not 0.

Checks:
    An enabled entry of type 2 with non-zero bytes at 2 or 20, or of type 7 with non-zero bytes
    at 2.

Why it matters:
    Reserved bytes must be 0, so that a later specification can use them.

What Linux does:
    Linux does not look at them.

How to fix:
    Write 0.

References:
    ACPI 6.6, 5.2.16.3 and 5.2.16.8; fwts label SRATLocalx2apicReserved1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView
from srat_tool.tables.kinds import SRAT


class CpuReservedFields(SratRule):
    id = "SRAT207"
    severity = Severity.INFO
    examples = (
        Example(
            "left over bytes",
            """\
[srat]
entries = '''
x2apic 0 256 reserved1=5
mem 0 0+4G
'''
""",
            findings=("entry 0 (x2APIC, domain 0): reserved field reserved1 is 0x5",),
        ),
        Example(
            "zero",
            """\
[srat]
entries = '''
x2apic 0 256
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        cpus = srat.entries_in_force(*SRAT.processor_types)
        yield from srat.reserved_bits(cpus, whole=True)
