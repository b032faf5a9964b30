"""The double word after the header must be 1.

Checks:
    The four bytes at offset 36 are not the number 1.

Why it matters:
    It is a fixed mark for old readers; another value indicates a wrong layout.

What Linux does:
    Linux does not look at it.

How to fix:
    Write 1.

References:
    ACPI 6.5, 5.2.16; fwts label SRATBadFieldValue.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class Reserved1NotOne(SratRule):
    id = "SRAT008"
    severity = Severity.WARNING
    examples = (
        Example(
            "zero",
            """\
[srat]
table_revision = 0
entries = '''
mem 0 0+4G
'''
""",
            findings=("the field at +0x24 is 0, expected 1",),
        ),
        Example(
            "one",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        if srat.size >= 40 and srat.srat.table_revision != 1:
            value = srat.srat.table_revision
            yield srat.hit(f"the field at +0x24 is {value}, expected 1", 36, 4)
