"""The identifying fields hold bytes that are not text.

Checks:
    OEM ID, OEM Table ID or Creator ID with a byte outside 0x20 to 0x7e that is not a trailing
    NUL.

Why it matters:
    Quirk tables and overrides match these fields byte by byte; terminals and logs show garbage.

What Linux does:
    The kernel prints the fields as they are and continues.

How to fix:
    Pad with blanks or NULs, and write text in front of them.

References:
    ACPI 6.5, 5.2.6. Two HP servers ship a creator id of D2 04 00 00.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, TableRule
from srat_tool.lint.views import TableView
from srat_tool.tables.header import HEADER_SIZE


class OemIdNotAscii(TableRule):
    id = "ACPI009"
    severity = Severity.INFO
    examples = (
        Example(
            "a number where the text should be",
            """\
[srat]
oem = ["SRATTL", "FIXTURE ", 1, "\\u00d2\\u0004", 1]
entries = '''
mem 0 0+4G
'''
""",
            findings=("creator_id is d2 04 00 00, which is no text",),
        ),
        Example(
            "blanks and NULs",
            """\
[srat]
oem = ["AB", "TABLE   ", 1, "STL ", 1]
entries = '''
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, table: TableView) -> Iterator[Hit]:
        if table.size < HEADER_SIZE:
            return
        for field in ("oem_id", "oem_table_id", "creator_id"):
            value: bytes = getattr(table.header, field)
            if any(not 0x20 <= byte <= 0x7E for byte in value.rstrip(b"\0")):
                yield table.header_hit(field, f"{field} is {value.hex(' ')}, which is no text")
