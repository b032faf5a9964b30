"""A path over a third domain is shorter than the direct distance.

Checks:
    The distance of two domains is larger than the sum of the distances over a third. Looked at
    up to 64 localities.

Why it matters:
    It is odd, but distances need not be lengths of paths.

What Linux does:
    Linux takes the distance as it is.

How to fix:
    Check the two values.

References:
    Practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView


class Triangle(SlitRule):
    id = "SLIT011"
    severity = Severity.INFO
    examples = (
        Example(
            "10 + 21 + 21 against 60",
            """\
[slit]
matrix = '''
10 21 60
21 10 21
60 21 10
'''
""",
            findings=(
                "distance from 0 to 2 is 60, over domain 1 it is 42",
                "distance from 2 to 0 is 60, over domain 1 it is 42",
            ),
        ),
        Example(
            "the direct way is the shortest",
            """\
[slit]
matrix = '''
10 21 30
21 10 21
30 21 10
'''
""",
        ),
    )

    def check(self, slit: SlitView) -> Iterator[Hit]:
        rows = slit.rows
        if len(rows) > 64 or not slit.slit.is_complete:
            return
        for origin, target, direct in slit.pairs():
            if direct == 255:
                continue
            for over in range(len(rows)):
                if len(rows[over]) > target and rows[origin][over] + rows[over][target] < direct:
                    way = rows[origin][over] + rows[over][target]
                    yield slit.at(origin, target, f"is {direct}, over domain {over} it is {way}")
                    break
