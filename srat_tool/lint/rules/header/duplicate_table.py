"""A machine has two tables of a kind of which there is one.

Checks:
    Two SRATs, SLITs, HMATs, MSCTs, CEDTs, MADTs or PPTTs with different contents in one folder,
    archive or image, or with the same bytes in one listing of a machine's tables: one folder, one
    dump, one initrd. The same table in a folder and in a dump next to it is one table, and so are
    those of two volumes of an image, and copies that differ only in the checksum.

Why it matters:
    Which of them counts depends on the reader.

What Linux does:
    Linux uses the first one that the root table lists and ignores the others; a higher OEM
    revision plays no part.

How to fix:
    Drop the one that is not meant.

References:
    Observed with Linux 6.1, 6.12 and 7.2; a Dell Precision Tower 5810 ships two SRATs.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.rawtable import OriginKind, RawTable
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.lint.views import FIXED_PARTS, TableView


class DuplicateTable(MachineRule):
    id = "ACPI010"
    severity = Severity.WARNING
    examples = (
        Example(
            "a second SRAT that declares something else",
            """\
[[srat]]
entries = '''
mem 0 0+4G
'''
[[srat]]
entries = '''
mem 0 0+8G
'''
""",
            findings=("SRAT number 2 of this machine",),
        ),
        Example(
            "a second SRAT that declares the same",
            """\
[[srat]]
entries = '''
mem 0 0+4G
'''
[[srat]]
entries = '''
mem 0 0+4G
'''
""",
            findings=("SRAT number 2 of this machine, equal to this one",),
        ),
        Example(
            "one of each",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
[slit]
matrix = '''
10
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        for signature in FIXED_PARTS:
            tables = {table.raw.data: table for table in machine.all_of(signature)}
            places = {data: {_place(table.raw)} for data, table in tables.items()}
            unlike: dict[bytes, TableView] = {}
            for data, table in tables.items():
                unlike.setdefault(data[:9] + data[10:], table)
            seconds = [(table, "") for table in list(unlike.values())[1:]]
            for raw in machine.copies:
                if raw.data in tables:
                    place = _place(raw)
                    if place and place in places[raw.data]:
                        seconds.append((tables[raw.data], ", equal to this one"))
                    places[raw.data].add(place)
            for number, (table, how) in enumerate(seconds, 2):
                message = f"{signature} number {number} of this machine{how}"
                yield table.header_hit("signature", message)


def _place(raw: RawTable) -> tuple[str, ...]:
    """Return which list of a machine's tables a table is in; empty for a volume of an image.

    A list holds each table once, an image as often as it holds its volumes.
    """
    origin = raw.origin
    if origin.kind in {OriginKind.FIRMWARE_VOLUME, OriginKind.CARVED}:
        return ()
    return origin.path, origin.kind.value, origin.inner.rpartition("/")[0]
