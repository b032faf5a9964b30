"""A structure runs past the end of the table.

Checks:
    Offset plus length of a structure is beyond the header's Length, or fewer bytes are left
    than a structure begins with.

Why it matters:
    Part of it consists of bytes that belong to no structure.

What Linux does:
    Structures are read up to their length, beyond the table.

How to fix:
    Correct the structure's length, or the table's.

References:
    ACPI 6.5, 5.2.28; fwts.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.rule import Example, HmatRule


class StructurePastEnd(HmatRule):
    id = "HMAT002"
    severity = Severity.ERROR
    yields_to = ("ACPI002", "ACPI003")
    examples = (
        Example(
            "the last structure claims more than there is",
            """\
[hmat]
entries = '''
memory 0 0
cache 0 1G length=64
'''
""",
            findings=("entry 1 (memory side cache): runs 32 bytes past the end of the table",),
        ),
        Example(
            "the last structure ends with the table",
            """\
[hmat]
entries = '''
memory 0 0
cache 0 1G
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        end = hmat.header.length
        for entry in hmat.entries:
            over = entry.offset + max(entry.length, len(entry.extra)) - end
            if over > 0:
                hit = hmat.at(entry, "length", f"runs {over} bytes past the end of the table")
                yield hit._replace(about=hmat.about_end(end + over))
        for hole in hmat.holes:
            if len(hole.extra) < 8 and hole.offset + len(hole.extra) <= end:
                message = f"{len(hole.extra)} bytes are left, which hold no structure"
                yield hmat.hit(message, hole.offset, len(hole.extra))
