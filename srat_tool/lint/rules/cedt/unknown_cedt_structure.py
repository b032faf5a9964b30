"""A structure of the CEDT is of a type that no specification defines.

Checks:
    A structure of an unknown type that states a length.

Why it matters:
    Readers skip it, and what it describes is lost.

What Linux does:
    Linux skips it by its length.

How to fix:
    Remove it, or set the type that was meant.

References:
    CXL 3.1, 9.18.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example
from srat_tool.tables.cedt import UnknownDiscovery


class UnknownCedtStructure(CedtRule):
    id = "CEDT022"
    severity = Severity.WARNING
    examples = (
        Example(
            "type 9",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
bytes 0900080000000000
'''
""",
            findings=("entry 2 (type 9): structure type 9 is not defined",),
        ),
        Example(
            "known types",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        for entry in cedt.entries:
            if isinstance(entry, UnknownDiscovery):
                yield cedt.at(entry, "type", f"structure type {entry.type} is not defined")
