"""The header states more bytes than there are.

Checks:
    The header's Length is larger than the number of bytes that were found.

Why it matters:
    Either the dump is cut and entries are missing, or the firmware states a wrong length.

What Linux does:
    Linux trusts the length: the walk continues into whatever follows the table in memory.
    An initrd override is refused with "ACPI OVERRIDE: File length does not match table length".

How to fix:
    Dump the table again, or let the generator state the length of what it wrote.

References:
    ACPI 6.5, 5.2.6; observed with Linux 6.1, 6.12 and 7.2. iasl refuses such a file, fwts
    passes it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, TableRule
from srat_tool.lint.views import TableView
from srat_tool.tables.header import HEADER_SIZE


class LengthExceedsFile(TableRule):
    id = "ACPI002"
    severity = Severity.ERROR
    examples = (
        Example(
            "eight bytes are missing",
            """\
[srat]
size = 80
entries = '''
mem 0 0+4G
'''
""",
            findings=("header states 88 bytes, only 80 are there",),
        ),
        Example(
            "all bytes are there",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, table: TableView) -> Iterator[Hit]:
        if HEADER_SIZE <= table.size < table.header.length:
            message = f"header states {table.header.length} bytes, only {table.size} are there"
            hit = table.header_hit("length", message)
            yield hit._replace(about=table.about_end(table.header.length))
