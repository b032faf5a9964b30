"""Bytes follow the matrix.

Checks:
    44 + N x N bytes are fewer than the header's Length.

Why it matters:
    Perhaps the number of localities is too small.

What Linux does:
    Linux ignores them.

How to fix:
    State a shorter length.

References:
    Two real boards have room for 8 x 8 and 32 x 32 and use less.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView
from srat_tool.tables.slit import BODY_OFFSET


class SlitTrailingBytes(SlitRule):
    id = "SLIT003"
    severity = Severity.INFO
    follows = ("SLIT004", "SLIT017")
    examples = (
        Example(
            "room that is not used",
            """\
[slit]
localities = 1
matrix = '''
10 0 0 0
'''
""",
            findings=("3 bytes follow the matrix",),
        ),
        Example(
            "nothing follows",
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
        count, length = slit.slit.localities, min(slit.header.length, slit.size)
        needed = BODY_OFFSET + count * count
        if needed < length:
            yield slit.hit(f"{length - needed} bytes follow the matrix", needed, length - needed)
