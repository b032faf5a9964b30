"""One byte is left after the last structure.

Checks:
    Exactly one byte between the last structure and the end of the table.

Why it matters:
    A structure takes two bytes at least, so the table was written or cut wrongly.

What Linux does:
    The walk stops in front of it without a word.

How to fix:
    State a length without it.

References:
    ACPI 6.5, 5.2.16.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class DanglingTail(SratRule):
    id = "SRAT005"
    severity = Severity.WARNING
    examples = (
        Example(
            "a byte too many",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
bytes 00
'''
""",
            findings=("one byte is left after the last structure",),
        ),
        Example(
            "nothing is left",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        end = min(srat.header.length, srat.size)
        for hole in srat.holes:
            if hole.offset == end - 1:
                yield srat.hit("one byte is left after the last structure", hole.offset, 1)
