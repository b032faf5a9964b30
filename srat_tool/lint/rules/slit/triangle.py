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
from operator import add

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView

# The work grows with the third power.
MAX_LOCALITIES = 64


class Triangle(SlitRule):
    id = "SLIT011"
    severity = Severity.INFO
    follows = ("SLIT017", "SLIT018")
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
        size = slit.slit.localities
        if size > MAX_LOCALITIES or len(slit.matrix) < size * size:
            return
        rows = [slit.row(domain) for domain in range(size)]
        columns = [slit.matrix[domain::size] for domain in range(size)]
        for origin, target, direct in slit.remote(range(255)):
            ways = list(map(add, rows[origin], columns[target]))
            way = min(ways)
            if way < direct:
                over = ways.index(way)
                yield slit.at(origin, target, f"is {direct}, over domain {over} it is {way}")
