"""The distance between two domains is not above 10.

Checks:
    Any entry off the diagonal that is 10 or less.

Why it matters:
    Nothing is as near as local memory.

What Linux does:
    "SLIT table looks invalid. Not used.": all distances become 10 and 20.

How to fix:
    Write a distance above 10.

References:
    Linux slit_valid; observed with Linux 5.10, 6.1, 6.12 and 7.2. fwts misses exactly 10.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView
from srat_tool.tables.slit import BODY_OFFSET, LOCAL_DISTANCE


class RemoteNotAbove10(SlitRule):
    id = "SLIT006"
    severity = Severity.ERROR
    follows = ("SLIT017", "SLIT018")
    yields_to = ("SLIT005",)
    examples = (
        Example(
            "as near as local",
            """\
[slit]
matrix = '''
10 10
10 10
'''
""",
            findings=(
                "distance from 0 to 1 is 10, expected more than 10",
                "distance from 1 to 0 is 10, expected more than 10",
            ),
        ),
        Example(
            "farther than local",
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
        hits = slit.remote_hits(
            range(11), lambda cell: f"is {cell.distance}, expected more than 10"
        )
        for hit in hits:
            row, distance = slit.origin_of(hit), slit.matrix[(hit.offset or 0) - BODY_OFFSET]
            # A row whose 10 is elsewhere is that of another domain.
            yield hit._replace(about=f"row {row}") if distance == LOCAL_DISTANCE else hit
