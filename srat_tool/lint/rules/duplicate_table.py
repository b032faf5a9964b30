"""A machine has two tables of a kind of which there is one.

Checks:
    Two SRATs, SLITs, HMATs, MSCTs, CEDTs, MADTs or PPTTs with different contents in one folder,
    archive or image. Copies that differ only in the checksum are one table.

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

from srat_tool.lint.context import Machine
from srat_tool.lint.rule import Example, Hit, MachineRule, Severity
from srat_tool.lint.views import FIXED_PARTS


class DuplicateTable(MachineRule):
    id = "ACPI010"
    name = "duplicate-table"
    severity = Severity.WARNING
    examples = (
        Example(
            "a second SRAT that says something else",
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

    def check(self, machine: Machine) -> Iterator[Hit]:
        for signature in FIXED_PARTS:
            seen: list[bytes] = []
            for table in machine.all_of(signature):
                content = table.raw.data[:9] + table.raw.data[10:]
                if seen and content not in seen:
                    message = f"{signature} number {len(seen) + 1} of this machine"
                    yield table.header_hit("signature", message)
                seen.append(content)
