"""A structure has a type that no specification defines.

Checks:
    A structure of a type from 28 to 127; 128 and above are for makers.

Why it matters:
    Programs that read the table cannot know what it declares.

What Linux does:
    Linux skips it.

How to fix:
    Use a type of the specification, or one above 127.

References:
    ACPI 6.6, table 5.21; boards with the X299 chipset have type 127.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.rule import Example, MadtRule

FIRST_RESERVED, FIRST_VENDOR = 28, 128


class ControllerTypeReserved(MadtRule):
    id = "MADT007"
    severity = Severity.INFO
    examples = (
        Example(
            "type 100",
            """\
[madt]
entries = '''
lapic 0 0
raw 100 00000000
'''
""",
            findings=("entry 1 (type 100): no specification defines type 100",),
        ),
        Example(
            "a type for makers",
            """\
[madt]
entries = '''
lapic 0 0
raw 200 00000000
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        seen: set[int] = set()
        for entry in madt.others:
            if FIRST_RESERVED <= entry.type < FIRST_VENDOR and entry.type not in seen:
                seen.add(entry.type)
                yield madt.at(entry, "type", f"no specification defines type {entry.type}")
