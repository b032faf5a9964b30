"""Distances differ by direction.

Checks:
    The two directions of a pair are not equal.

Why it matters:
    It is legal, and rarely intended.

What Linux does:
    Linux takes each direction as it is.

How to fix:
    Check that it is meant.

References:
    ACPI 6.5, 5.2.17 allows it; fwts issue 26; AcpiView reports it as an error; observed with
    Linux 6.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from operator import ne

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView


class Asymmetric(SlitRule):
    id = "SLIT008"
    severity = Severity.INFO
    follows = ("SLIT017", "SLIT018")
    examples = (
        Example(
            "there and back",
            """\
[slit]
matrix = '''
10 21
31 10
'''
""",
            findings=("distance from 0 to 1 is 21, back it is 31",),
        ),
        Example(
            "the same both ways",
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
        odd = slit.differences()
        first = next(odd, None)
        if first is None:
            return
        low, there, back = first
        at = next(at for at, (a, b) in enumerate(zip(there, back, strict=True)) if a != b)
        total = sum(sum(map(ne, there, back)) for _, there, back in chain([first], odd))
        more = f"; {total - 1} more pairs differ" if total > 1 else ""
        yield slit.at(low, low + 1 + at, f"is {there[at]}, back it is {back[at]}{more}")
