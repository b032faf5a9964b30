"""The eight reserved bytes in front of the structures are not 0.

Checks:
    The eight bytes at offset 40 are not all 0.

Why it matters:
    Reserved bytes must be 0, so that a later specification can use them.

What Linux does:
    Linux does not look at them.

How to fix:
    Write 0.

References:
    ACPI 6.5, 5.2.16. fwts is silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class Reserved2Nonzero(SratRule):
    id = "SRAT009"
    severity = Severity.INFO
    examples = (
        Example(
            "left over bytes",
            """\
[srat]
reserved = 0x1234
entries = '''
mem 0 0+4G
'''
""",
            findings=("the reserved field at +0x28 is 0x1234",),
        ),
        Example(
            "zero",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        if srat.size >= 48 and srat.srat.reserved:
            yield srat.hit(f"the reserved field at +0x28 is {srat.srat.reserved:#x}", 40, 8)
