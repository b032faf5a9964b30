"""No table has revision 0.

Checks:
    Revision 0 in an SRAT, SLIT, HMAT, MSCT, CEDT, MADT, PPTT or NFIT.

Why it matters:
    A reader can only guess which layout is meant.

What Linux does:
    Linux reads an SRAT of revision 0 like one of revision 1: domains are cut to eight bits. An
    HMAT is dropped, "HMAT: Ignoring: Unknown revision:0".

How to fix:
    State the revision: 3 for an SRAT, 1 for a SLIT, 2 for an HMAT.

References:
    ACPI 6.5, 5.2.16; Linux "acpi_srat_revision <= 1". fwts is silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, TableRule
from srat_tool.lint.views import FIXED_PARTS, TableView
from srat_tool.tables.header import HEADER_SIZE


class RevisionZero(TableRule):
    id = "ACPI008"
    severity = Severity.ERROR
    examples = (
        Example(
            "a generator that left the field alone",
            """\
[srat]
revision = 0
entries = '''
mem 0 0+4G
'''
""",
            findings=("revision is 0",),
        ),
        Example(
            "revision 3",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, table: TableView) -> Iterator[Hit]:
        if (
            table.signature in FIXED_PARTS
            and not table.header.revision
            and table.size >= HEADER_SIZE
        ):
            yield table.header_hit("revision", "revision is 0")
