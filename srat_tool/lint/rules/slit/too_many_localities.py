"""There are more localities than a table can hold.

Checks:
    More than 65,535 localities.

Why it matters:
    The matrix would be larger than the length field can hold.

What Linux does:
    Linux computes with the number as it is and reads far beyond the table.

How to fix:
    Correct the number.

References:
    ACPI 6.5, 5.2.17; fwts; AcpiView.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView


class TooManyLocalities(SlitRule):
    id = "SLIT002"
    severity = Severity.ERROR
    follows = ("SLIT017",)
    examples = (
        Example(
            "a number of the wrong byte order",
            """\
[slit]
localities = 0x0200000000000000
matrix = '''
10 21
21 10
'''
""",
            findings=("144115188075855872 localities",),
        ),
        Example(
            "two",
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
        if slit.slit.localities > 0xFFFF:
            yield slit.hit(f"{slit.slit.localities} localities", 36, 8)
