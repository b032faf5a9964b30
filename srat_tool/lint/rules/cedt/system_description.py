"""The system description does not fit the table.

Checks:
    A CXL System Description Structure in a table of revision 1, and more than one of them.

Why it matters:
    The structure exists since revision 2, and describes the whole system.

What Linux does:
    Linux does not read the structure.

How to fix:
    State revision 2, or leave the structure out; list it once.

References:
    CXL 3.1, 9.18.1.1 and 9.18.1.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example

FIRST_REVISION = 2


class SystemDescription(CedtRule):
    id = "CEDT031"
    severity = Severity.WARNING
    examples = (
        Example(
            "in revision 1",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
system 1
'''
""",
            findings=("entry 1 (system description): type 4 needs revision 2, the table has 1",),
        ),
        Example(
            "in revision 2",
            """\
[cedt]
revision = 2
entries = '''
bridge 0 0x10000000+64K
system 1
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        found = cedt.all_of(4)
        revision = cedt.header.revision
        if found and revision < FIRST_REVISION:
            message = f"type 4 needs revision {FIRST_REVISION}, the table has {revision}"
            yield cedt.at(found[0], "type", message)
        for entry in found[1:]:
            yield cedt.at(entry, "type", f"again, first in entry {cedt.number(found[0])}")
