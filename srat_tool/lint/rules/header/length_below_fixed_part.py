"""The stated length does not even hold the fixed part of this kind of table.

Checks:
    The header's Length is below 48 for an SRAT, 44 for a SLIT or MADT, 40 for an HMAT, 56 for
    an MSCT, and 36 for any other table.

Why it matters:
    No entry belongs to the table.

What Linux does:
    The kernel walks over nothing, as if the table were empty: "No NUMA configuration found".

How to fix:
    State the length of the whole table, header included.

References:
    ACPI 6.5, 5.2.6; fwts label TableLength; observed with Linux 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, TableRule
from srat_tool.lint.views import FIXED_PARTS, TableView
from srat_tool.tables.header import HEADER_SIZE


class LengthBelowFixedPart(TableRule):
    id = "ACPI004"
    severity = Severity.ERROR
    examples = (
        Example(
            "a length that ends inside the fixed part",
            """\
[srat]
length = 40
entries = '''
mem 0 0+4G
'''
""",
            findings=("header states 40 bytes, the fixed part has 48",),
        ),
        Example(
            "the length of the whole table",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, table: TableView) -> Iterator[Hit]:
        least = FIXED_PARTS.get(table.signature, HEADER_SIZE)
        if table.size >= HEADER_SIZE and table.header.length < least:
            message = f"header states {table.header.length} bytes, the fixed part has {least}"
            yield table.header_hit("length", message)
