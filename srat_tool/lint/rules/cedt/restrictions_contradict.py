"""A window may hold nothing.

Checks:
    A window whose restrictions allow neither volatile nor persistent memory, or neither type 2
    (device) nor type 3 (host only) memory.

Why it matters:
    No device fits the window.

What Linux does:
    The CXL driver finds no region for it.

How to fix:
    Set the bits of what may be there.

References:
    CXL 3.1, 9.18.1.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class RestrictionsContradict(CedtRule):
    id = "CEDT015"
    severity = Severity.WARNING
    examples = (
        Example(
            "no kind of memory",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 type3
'''
""",
            findings=("entry 1 (window): neither volatile nor persistent memory is allowed",),
        ),
        Example(
            "volatile host-only memory",
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
        for entry in cedt.windows:
            if not entry.restrictions & 0xC:
                message = "neither volatile nor persistent memory is allowed"
                yield cedt.at(entry, "restrictions", message)
            elif not entry.restrictions & 3:
                message = "neither device nor host-only memory is allowed"
                yield cedt.at(entry, "restrictions", message)
