"""A structure has a type that no specification defines.

Checks:
    A structure of a type above 2.

Why it matters:
    Programs that read the table cannot know what it declares.

What Linux does:
    Linux skips it.

How to fix:
    Use the types of the specification.

References:
    ACPI 6.5, 5.2.30.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import PpttView
from srat_tool.lint.rule import Example, PpttRule
from srat_tool.tables.structure import Hole


class TopologyTypeUnknown(PpttRule):
    id = "PPTT002"
    severity = Severity.WARNING
    examples = (
        Example(
            "type 9",
            """\
[pptt]
entries = '''
node 0 0 package
raw 9 00000000
'''
""",
            findings=("entry 1 (type 9): no specification defines type 9",),
        ),
        Example(
            "types 0 and 1",
            """\
[pptt]
entries = '''
node 0 0 package
cache 0 32K
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        for entry in pptt.entries:
            if pptt.layout(entry) is None and not isinstance(entry, Hole):
                yield pptt.at(entry, "type", f"no specification defines type {entry.type}")
