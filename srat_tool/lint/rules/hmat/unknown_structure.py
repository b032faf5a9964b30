"""A structure is of a type that no specification defines.

Checks:
    A structure type above 2.

Why it matters:
    Readers skip it.

What Linux does:
    Linux skips it by its length.

How to fix:
    Remove it.

References:
    ACPI 6.5, 5.2.28; fwts.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.rule import Example, HmatRule


class UnknownStructure(HmatRule):
    id = "HMAT003"
    severity = Severity.WARNING
    examples = (
        Example(
            "type 9",
            """\
[hmat]
entries = '''
memory 0 0
bytes 090000000800000000
'''
""",
            findings=("entry 1 (type 9): structure type 9 is not defined",),
        ),
        Example(
            "known types",
            """\
[hmat]
entries = '''
memory 0 0
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.entries:
            if entry.type > 2 and entry.length:
                yield hmat.at(entry, "type", f"structure type {entry.type} is not defined")
