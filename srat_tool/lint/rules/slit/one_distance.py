"""Every distance is the same, that of a domain to itself too.

Checks:
    A matrix of two or more localities in which all bytes are one value.

Why it matters:
    The matrix was not filled in.

What Linux does:
    "SLIT table looks invalid. Not used.": all distances become 10 and 20.

How to fix:
    Write 10 on the diagonal, and the distances elsewhere.

References:
    ACPI 6.5, 5.2.17; Linux drivers/acpi/numa/srat.c slit_valid.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView
from srat_tool.tables.slit import BODY_OFFSET


class OneDistance(SlitRule):
    id = "SLIT018"
    severity = Severity.ERROR
    examples = (
        Example(
            "zeros",
            """\
[slit]
matrix = '''
0 0
0 0
'''
""",
            findings=("every distance is 0",),
        ),
        Example(
            "a matrix",
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
        if slit.only_distance is not None:
            message = f"every distance is {slit.only_distance}"
            yield slit.hit(message, BODY_OFFSET, len(slit.matrix))
