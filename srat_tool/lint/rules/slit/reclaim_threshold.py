"""Some domains are so far apart that Linux behaves differently.

Checks:
    A distance above 30 and below 255.

Why it matters:
    Above 30 nodes count as far.

What Linux does:
    Linux turns on node reclaim and does not balance load across such pairs as it does
    otherwise.

How to fix:
    Check that it is meant.

References:
    Linux RECLAIM_DISTANCE; AMD Zen raises it to 32.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView


class ReclaimThreshold(SlitRule):
    id = "SLIT012"
    severity = Severity.INFO
    follows = ("SLIT017", "SLIT018")
    examples = (
        Example(
            "32",
            """\
[slit]
matrix = '''
10 32
32 10
'''
""",
            findings=(
                "distance from 0 to 1 is 32, above Linux's reclaim distance of 30, as 2 pairs are",
            ),
        ),
        Example(
            "21",
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
        far = set(range(31, 255))
        count = slit.count_remote(far)
        if count:
            present = sorted(far.intersection(slit.matrix), reverse=True)
            greatest = next(distance for distance in present if slit.count_remote({distance}))
            origin, target, _ = next(slit.remote({greatest}))
            message = f"is {greatest}, above Linux's reclaim distance of 30, as {count} pairs are"
            yield slit.at(origin, target, message)
