"""A distance has a reserved value.

Checks:
    Any entry from 0 to 9.

Why it matters:
    The values have no meaning.

What Linux does:
    "SLIT table looks invalid. Not used.": all distances become 10 and 20.

How to fix:
    Write 10 on the diagonal and more elsewhere.

References:
    ACPI 6.5, 5.2.17; fwts label SLITEntryReserved.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SlitRule
from srat_tool.lint.slit_view import SlitView


class ReservedValue(SlitRule):
    id = "SLIT007"
    severity = Severity.ERROR
    yields_to = ("SLIT005", "SLIT006")
    follows = ("SLIT017", "SLIT018")
    examples = (
        Example(
            "a hole in the matrix",
            """\
[slit]
matrix = '''
10 21
0 10
'''
""",
            findings=("distance from 1 to 0 is 0; 0 to 9 are reserved",),
        ),
        Example(
            "no reserved value",
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
        message = "is {}; 0 to 9 are reserved"
        for cell in slit.local(range(10)):
            yield slit.at(*cell[:2], message.format(cell.distance))
        yield from slit.remote_hits(range(10), lambda cell: message.format(cell.distance))
