"""A structure has the wrong length or revision.

Checks:
    A structure whose length is not 22 or whose revision is not 1, or which runs past the end of
    the table. Room of zeros for further structures is a note.

Why it matters:
    Everything after it is misread.

What Linux does:
    Linux does not read the MSCT.

How to fix:
    Write revision 1 and length 22.

References:
    ACPI 6.5, 5.2.19.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.rule import Example, MsctRule

SIZE = 22


class StructureLength(MsctRule):
    id = "MSCT002"
    severity = Severity.ERROR
    yields_to = ("ACPI002", "ACPI003")
    examples = (
        Example(
            "length 24",
            """\
[msct]
entries = '''
domains 0 0 4 4G length=24 extra=0000
'''
""",
            findings=("entry 0 (domains): revision 1 and length 24, expected 1 and 22",),
        ),
        Example(
            "22 bytes",
            """\
[msct]
entries = '''
domains 0 0 4 4G
'''
""",
        ),
    )

    def check(self, msct: MsctView) -> Iterator[Hit]:
        for entry in msct.entries:
            if not entry.length:
                size = len(entry.extra)
                hit = msct.inside(entry, 0, size, f"{size} bytes are no structure")
                room = not any(entry.extra) and not size % SIZE
                yield hit._replace(severity=Severity.INFO) if room else hit
            elif entry.type != 1 or entry.length != SIZE:
                message = f"revision {entry.type} and length {entry.length}, expected 1 and {SIZE}"
                yield msct.at(entry, "length", message)
            elif entry.offset + SIZE > msct.header.length:
                hit = msct.at(entry, "length", "runs past the end of the table")
                yield hit._replace(about=msct.about_end(entry.offset + SIZE))
