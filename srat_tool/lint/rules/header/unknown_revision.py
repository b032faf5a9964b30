"""The revision is none that a specification defines.

Checks:
    Revision outside 1 to 3 for SRAT, 1 for SLIT and MSCT, 1 to 2 for HMAT and CEDT, 1 to 3 for
    PPTT; 0 has a separate rule.

Why it matters:
    Fields may mean something else than readers of this table believe.

What Linux does:
    An HMAT of an unknown revision is dropped, "HMAT: Ignoring: Unknown revision:N"; the other
    tables are read as if they had the highest revision that is known.

How to fix:
    State the revision whose layout the table has.

References:
    ACPI 6.5, 5.2.16, 5.2.17, 5.2.27; Linux drivers/acpi/numa/hmat.c; fwts acpitables.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, TableRule
from srat_tool.lint.views import TableView
from srat_tool.tables.kinds import BY_SIGNATURE


class UnknownRevision(TableRule):
    id = "ACPI007"
    severity = Severity.WARNING
    examples = (
        Example(
            "an SRAT of a revision to come",
            """\
[srat]
revision = 9
entries = '''
mem 0 0+4G
'''
""",
            findings=("revision is 9, the highest known one is 3",),
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
        kind = BY_SIGNATURE.get(table.raw.signature)
        highest = kind.highest_revision if kind is not None else None
        if highest is None or table.header.revision <= highest:
            return
        message = f"revision is {table.header.revision}, the highest known one is {highest}"
        severity = Severity.ERROR if table.signature == "HMAT" else None
        values = (table.header.revision,)
        yield table.header_hit("revision", message, severity=severity, values=values)
