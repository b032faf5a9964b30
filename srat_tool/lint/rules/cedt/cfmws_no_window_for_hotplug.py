"""There are host bridges and no window.

Checks:
    A table with host bridge records and without windows.

Why it matters:
    Memory below the bridges has no address.

What Linux does:
    CXL memory cannot be added later.

How to fix:
    Add a window.

References:
    Linux Documentation/driver-api/cxl.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class CfmwsNoWindowForHotplug(CedtRule):
    id = "CEDT014"
    severity = Severity.INFO
    examples = (
        Example(
            "a bridge alone",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
'''
""",
            findings=("entry 0 (host bridge): a host bridge, and no window in the table",),
        ),
        Example(
            "a bridge and a window",
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
        if cedt.bridges and not any(entry.type == 1 for entry in cedt.entries):
            yield cedt.at(cedt.bridges[0], "uid", "a host bridge, and no window in the table")
