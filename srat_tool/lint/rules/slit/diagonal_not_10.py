"""The distance of a domain to itself is not 10.

Checks:
    Any entry on the diagonal other than 10, not only at the corners.

Why it matters:
    10 is the unit of the whole table.

What Linux does:
    "SLIT table looks invalid. Not used.": all distances become 10 and 20.

How to fix:
    Write 10.

References:
    Linux slit_valid; observed with Linux 5.10, 6.1, 6.12 and 7.2. fwts looks at two corners
    only.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView

WRONG = frozenset(range(256)) - {10}


class DiagonalNot10(SlitRule):
    id = "SLIT005"
    severity = Severity.ERROR
    follows = ("SLIT017", "SLIT018")
    examples = (
        Example(
            "20 in the middle",
            """\
[slit]
matrix = '''
10 21 21
21 20 21
21 21 10
'''
""",
            findings=("distance from 1 to 1 is 20, expected 10",),
        ),
        Example(
            "10 throughout",
            """\
[slit]
matrix = '''
10 21
21 10
'''
""",
        ),
    )

    def check(self, slit: SlitView) -> Iterator[Hit]:
        for cell in slit.local(WRONG):
            hit = slit.at(*cell[:2], f"is {cell.distance}, expected 10")
            yield hit._replace(about=f"row {cell.origin}")
