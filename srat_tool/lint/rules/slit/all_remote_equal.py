"""All remote distances are the same.

Checks:
    Three or more localities, and one value off the diagonal.

Why it matters:
    Either the machine is that regular, or the firmware hides its topology.

What Linux does:
    Linux schedules as if all remote nodes were equally far.

How to fix:
    Write real distances.

References:
    Practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView


class AllRemoteEqual(SlitRule):
    id = "SLIT010"
    severity = Severity.INFO
    follows = ("SLIT017", "SLIT018")
    examples = (
        Example(
            "one value for all",
            """\
[slit]
matrix = '''
10 20 20
20 10 20
20 20 10
'''
""",
            findings=("every remote distance is 20",),
        ),
        Example(
            "near and far",
            """\
[slit]
matrix = '''
10 16 22
16 10 16
22 16 10
'''
""",
        ),
    )

    def check(self, slit: SlitView) -> Iterator[Hit]:
        if slit.slit.localities >= 3 and slit.slit.is_complete:
            distance = slit.matrix[1] if slit.matrix else 0
            if slit.matrix and not slit.count_remote(set(range(256)) - {distance}):
                yield slit.hit(f"every remote distance is {distance}")
