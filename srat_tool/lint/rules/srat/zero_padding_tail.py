"""The table ends in zero bytes where structures should be.

Checks:
    From some structure to the end of the table every byte is 0, and there are at least two.

Why it matters:
    The generator reserved more room than it filled.

What Linux does:
    More than two such bytes are a structure of length 0 to Linux, which then drops all of NUMA:
    "[SRAT:0x01] Invalid zero length".

How to fix:
    State a length that ends after the last structure.

References:
    One ARM server's static table reserves memory entries that way.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class ZeroPaddingTail(SratRule):
    id = "SRAT006"
    severity = Severity.WARNING
    examples = (
        Example(
            "room for one memory entry more",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
bytes 00*40
'''
""",
            findings=("the last 40 bytes of the table are 0",),
        ),
        Example(
            "no padding",
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
        for hole in srat.holes:
            size = srat.header.length - hole.offset
            if size >= 2 and len(hole.extra) >= size and not any(hole.extra[:size]):
                message = f"the last {size} bytes of the table are 0"
                about = f"no structure at {hole.offset:#x}"
                yield srat.hit(message, hole.offset, size, about=about)
