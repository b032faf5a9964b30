"""A table of this kind is never this large.

Checks:
    An SRAT, SLIT or HMAT that states more than 16 MiB.

Why it matters:
    No real table is that large; parsers set limits.

What Linux does:
    The kernel maps and walks all of it.

How to fix:
    Look at what the generator counts.

References:
    Practice: the largest real SRAT known has some 20 KiB.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import MIB, format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, TableRule
from srat_tool.lint.views import TableView


class AbsurdSize(TableRule):
    id = "ACPI011"
    severity = Severity.WARNING
    examples = (
        Example(
            "a length of the wrong byte order",
            """\
[srat]
length = 0x58000000
entries = '''
mem 0 0+4G
'''
""",
            findings=("header states 1.4G",),
        ),
        Example(
            "a length as it should be",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, table: TableView) -> Iterator[Hit]:
        length = table.header.length
        if table.signature in {"SRAT", "SLIT", "HMAT"} and length > 16 * MIB:
            yield table.header_hit("length", f"header states {format_size(length)}")
