"""The number of localities is not that of the matrix.

Checks:
    The bytes of the table are no matrix of the stated number of localities, or more than one,
    and are a sound matrix of another number: 10 on the diagonal and more elsewhere.

Why it matters:
    With a wrong number every row begins at a wrong place.

What Linux does:
    Linux reads the matrix with the stated number. It then prints "SLIT table looks invalid. Not
    used.", or uses distances of other pairs.

How to fix:
    State the number of rows.

References:
    ACPI 6.5, 5.2.17; Linux drivers/acpi/numa/srat.c slit_valid.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView


class LocalityCountWrong(SlitRule):
    id = "SLIT017"
    severity = Severity.ERROR
    examples = (
        Example(
            "two of three",
            """\
[slit]
localities = 2
matrix = '''
10 21 31
21 10 31
31 31 10
'''
""",
            findings=("2 localities, and the 9 distances are a matrix of 3",),
        ),
        Example(
            "four of three",
            """\
[slit]
localities = 4
matrix = '''
10 21 31
21 10 31
31 31 10
'''
""",
            findings=("4 localities, and the 9 distances are a matrix of 3",),
        ),
        Example(
            "the number of rows",
            """\
[slit]
matrix = '''
10 21 31
21 10 31
31 31 10
'''
""",
        ),
    )

    def check(self, slit: SlitView) -> Iterator[Hit]:
        count = slit.count_that_fits
        if count is not None:
            stated = slit.slit.localities
            message = f"{stated} localities, and the {count**2} distances are a matrix of {count}"
            yield slit.hit(message, 36, 8)
