"""A structure runs past the end of the table.

Checks:
    Offset plus length of a structure is beyond the header's Length.

Why it matters:
    Part of it consists of bytes that belong to no structure.

What Linux does:
    Linux does not check: it reads beyond the table. Entries that begin before the end are read
    whole.

How to fix:
    Correct the structure's length, or the table's.

References:
    ACPI 6.5, 5.2.16; observed with Linux 6.1, 6.12 and 7.2. iasl is silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class SubtablePastEnd(SratRule):
    id = "SRAT004"
    severity = Severity.ERROR
    yields_to = ("ACPI002", "ACPI003")
    examples = (
        Example(
            "the last entry claims twelve bytes more than there are",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G length=52
'''
""",
            findings=("entry 1 (memory, domain 0): runs 12 bytes past the end of the table",),
        ),
        Example(
            "the last entry ends with the table",
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
        for entry in srat.entries:
            over = entry.offset + entry.length - srat.header.length
            if over > 0:
                hit = srat.at(entry, "length", f"runs {over} bytes past the end of the table")
                yield hit._replace(about=srat.about_end(entry.offset + entry.length))
