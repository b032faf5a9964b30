"""A memory range does not consist of whole pages.

Checks:
    Base or length of an enabled entry is not a multiple of 4 KiB, except where a BIOS splits
    the first MiB.

Why it matters:
    The page at the border belongs to no node, or to two.

What Linux does:
    Each node's memory is cut to whole pages; the partial page is left without a node.

How to fix:
    Align the range.

References:
    Practice; iasl's template has 0 to 0x9fc00, as the first MiB of a BIOS does.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import MIB
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class NotPageAligned(SratRule):
    id = "SRAT107"
    severity = Severity.WARNING
    examples = (
        Example(
            "an end in the middle of a page",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+0xfffffc00
'''
""",
            findings=(
                (
                    "entry 1 (memory, domain 0): [mem 0x00000000-0xfffffbff] does not consist of "
                    "whole pages"
                ),
            ),
        ),
        Example(
            "the conventional memory of a BIOS",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+0x9fc00
mem 0 1M+4095M
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for item in srat.ranges:
            if (item.start | item.end) & 0xFFF and item.end > MIB:
                field = "base_address" if item.start & 0xFFF else "range_length"
                yield srat.at(item.entry, field, f"{item.text} does not consist of whole pages")
