"""A table has at least the 36 bytes of the common header.

Checks:
    The bytes that are there are fewer than 36.

Why it matters:
    Nothing in them can be trusted: neither the length nor the checksum is known.

What Linux does:
    A kernel maps the header first and treats whatever follows the bytes as part of it.

How to fix:
    Dump the table again; a copy of a file below /sys/firmware/acpi/tables must have its full
    size.

References:
    ACPI 6.5, 5.2.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, TableRule
from srat_tool.lint.views import TableView
from srat_tool.tables.header import HEADER_SIZE


class FileTooShort(TableRule):
    id = "ACPI001"
    severity = Severity.ERROR
    examples = (
        Example(
            "a dump that was cut off",
            """\
[srat]
size = 20
entries = '''
mem 0 0+4G
'''
""",
            findings=("20 bytes are there, the header alone has 36",),
        ),
        Example(
            "a table with its header",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, table: TableView) -> Iterator[Hit]:
        if table.size < HEADER_SIZE:
            yield table.hit(f"{table.size} bytes are there, the header alone has {HEADER_SIZE}")
