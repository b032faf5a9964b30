"""The table is not of the kind that was expected.

Checks:
    `--type` names another signature, or the file is named after another kind of table
    (`SLIT.bin`).

Why it matters:
    The kernel looks tables up by their signature and never finds this one.

What Linux does:
    A table with another signature is not looked at; the machine boots as if there were none.

How to fix:
    Set the signature, or name the file after what is in it.

References:
    ACPI 6.5, 5.2.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, TableRule
from srat_tool.lint.views import TableView


class WrongSignature(TableRule):
    id = "ACPI006"
    severity = Severity.ERROR
    examples = (
        Example(
            "an SRAT where a SLIT was asked for",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
""",
            findings=("signature is SRAT, expected SLIT",),
            options={"signature": "SLIT"},
        ),
        Example(
            "what was asked for",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
""",
            options={"signature": "SRAT"},
        ),
    )

    def check(self, table: TableView) -> Iterator[Hit]:
        wanted = table.expected_signature
        if wanted and wanted != table.signature:
            yield table.header_hit(
                "signature", f"signature is {table.signature}, expected {wanted}"
            )
