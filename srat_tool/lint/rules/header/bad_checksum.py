"""The bytes of the table do not add up to zero.

Checks:
    The sum of all bytes that the header counts is not 0 modulo 256. A
    warning for tables that have nothing to do with affinity. A checksum byte of 0 is
    left to the table's installer in a firmware volume, and a warning in a file.

Why it matters:
    The bytes are not the ones that the firmware's author meant, or the sum was not computed
    after an edit.

What Linux does:
    For a table of the firmware Linux only warns, "ACPI BIOS Warning (bug): Incorrect checksum
    in table", and uses it; one that comes through the initrd is dropped, "ACPI OVERRIDE: Bad
    table checksum".

How to fix:
    Compute the checksum anew, after finding out what changed the bytes.

References:
    ACPI 6.5, 5.2.6; fwts label ACPITableChecksum; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.rawtable import OriginKind
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, TableRule
from srat_tool.lint.views import FIXED_PARTS, TableView
from srat_tool.tables.header import HEADER_SIZE


class BadChecksum(TableRule):
    id = "ACPI005"
    severity = Severity.ERROR
    examples = (
        Example(
            "a checksum that was not computed",
            """\
[srat]
checksum = 1
entries = '''
mem 0 0+4G
'''
""",
            findings=("checksum is 0x01, expected 0xd8",),
        ),
        Example(
            "the static table of a firmware image, taken out as a file",
            """\
[srat]
checksum = 0
entries = '''
mem 0 0+4G
'''
""",
            findings=(
                (
                    "checksum is 0x00, expected 0xd8; 0 as in a table that its installer has yet "
                    "to complete"
                ),
            ),
        ),
        Example(
            "a sum of zero",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, table: TableView) -> Iterator[Hit]:
        header, kind = table.header, table.raw.origin.kind
        total = sum(table.raw.data[: header.length]) & 0xFF
        if not total or not HEADER_SIZE <= header.length <= table.size:
            return
        message = (
            f"checksum is {header.checksum:#04x}, expected {(header.checksum - total) & 0xFF:#04x}"
        )
        if header.checksum or kind is OriginKind.INITRD:
            ours = table.signature in FIXED_PARTS
            severity = None if ours else Severity.WARNING
            yield table.header_hit("checksum", message, severity=severity)
        elif kind is not OriginKind.FIRMWARE_VOLUME:
            message += "; 0 as in a table that its installer has yet to complete"
            yield table.header_hit("checksum", message, severity=Severity.WARNING)
