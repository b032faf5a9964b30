"""The table has no localities.

Checks:
    The number of localities is 0.

Why it matters:
    There is no distance in it.

What Linux does:
    Linux accepts the table and sets no distance: 10 and 20 everywhere.

How to fix:
    Leave the table out.

References:
    Linux acpi_numa_slit_init.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView


class ZeroLocalities(SlitRule):
    id = "SLIT004"
    severity = Severity.WARNING
    follows = ("SLIT017",)
    examples = (
        Example(
            "nothing",
            """\
[slit]
matrix = ""
""",
            findings=("the number of localities is 0",),
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
        if slit.size >= 44 and slit.slit.localities == 0:
            yield slit.hit("the number of localities is 0", 36, 8)
