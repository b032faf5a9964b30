"""Bytes follow the end that the header states.

Checks:
    More bytes were found than the header's Length declares.

Why it matters:
    Whatever is there is not part of the table; entries may be lost without a word.

What Linux does:
    Linux reads nothing after the stated length. An initrd override is refused with "ACPI
    OVERRIDE: File length does not match table length".

How to fix:
    State the true length, or cut the file there.

References:
    ACPI 6.5, 5.2.6. fwts is silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, TableRule
from srat_tool.lint.views import TableView
from srat_tool.tables.header import HEADER_SIZE


class TrailingBytes(TableRule):
    id = "ACPI003"
    severity = Severity.WARNING
    follows = ("ACPI004",)
    examples = (
        Example(
            "sixteen bytes after the end",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
tail = "00*16"
""",
            findings=("16 bytes follow the stated length of 88",),
        ),
        Example(
            "the file ends with the table",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, table: TableView) -> Iterator[Hit]:
        extra = table.size - table.header.length
        if table.header.length >= HEADER_SIZE and extra > 0:
            message = f"{extra} bytes follow the stated length of {table.header.length}"
            if table.is_cut:
                message = f"{message}, which ends inside the table"
                hit = table.header_hit("length", message)
            else:
                hit = table.hit(message, table.header.length, extra)
            yield hit._replace(about=table.about_end(table.size))
