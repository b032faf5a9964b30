"""A structure is of a type that no specification defines.

Checks:
    A structure type from 8 to 255.

Why it matters:
    Readers skip it, or stop there and lose the rest.

What Linux does:
    Linux skips it by its length, silently.

How to fix:
    Remove it, or report to the tool's authors which specification defines it.

References:
    ACPI 6.6, 5.2.16; fwts label SRATInvalidType, which ends its reading there.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class UnknownSubtableType(SratRule):
    id = "SRAT007"
    severity = Severity.WARNING
    examples = (
        Example(
            "a vendor's structure",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
raw 200 0011223344556677
'''
""",
            findings=("entry 2 (type 200): structure type 200 is not defined",),
        ),
        Example(
            "known types only",
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
        for entry in srat.unknown:
            yield srat.at(entry, "type", f"structure type {entry.type} is not defined")
