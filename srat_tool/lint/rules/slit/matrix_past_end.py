"""The matrix is larger than the table.

Checks:
    44 + N x N bytes are more than the header's Length, N being the number of localities.

Why it matters:
    Distances are read from whatever follows the table.

What Linux does:
    Linux does not check: it reads past the end, and the verdict depends on the bytes there,
    mostly "SLIT table looks invalid. Not used."

How to fix:
    Correct the number of localities, or the length.

References:
    ACPI 6.5, 5.2.17; fwts label SLITTooManySystemLocalities; observed with Linux 6.1, 6.12 and
    7.2; OSv pull request 1482.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView
from srat_tool.tables.slit import BODY_OFFSET


class MatrixPastEnd(SlitRule):
    id = "SLIT001"
    severity = Severity.ERROR
    yields_to = ("ACPI002", "ACPI003", "SLIT002")
    follows = ("SLIT017",)
    examples = (
        Example(
            "a row is missing",
            """\
[slit]
localities = 3
matrix = '''
10 21 21
21 10 21
'''
""",
            findings=("3 localities need a table of 53 bytes, the header states 50",),
        ),
        Example(
            "the matrix fits",
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
        count, length = slit.slit.localities, slit.header.length
        needed = BODY_OFFSET + count * count
        if slit.size >= BODY_OFFSET and needed > length:
            message = (
                f"{count} localities need a table of {needed} bytes, the header states {length}"
            )
            yield slit.hit(message, 36, 8, about=slit.about_end(needed))
