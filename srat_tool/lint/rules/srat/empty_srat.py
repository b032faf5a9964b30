"""The table holds no structure at all.

Checks:
    Nothing but the fixed part.

Why it matters:
    It declares nothing.

What Linux does:
    As if there were no SRAT: "No NUMA configuration found".

How to fix:
    Leave the table out.

References:
    Observed with Linux 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class EmptySrat(SratRule):
    id = "SRAT015"
    severity = Severity.WARNING
    examples = (
        Example(
            "the fixed part alone",
            """\
[srat]
entries = ""
""",
            findings=("no structure follows the fixed part",),
        ),
        Example(
            "some structures",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        if not srat.entries and srat.size >= 48:
            yield srat.hit("no structure follows the fixed part")
