"""A window names a host bridge more than once.

Checks:
    The same host bridge twice among the targets of a window.

Why it matters:
    Each target decodes a separate part; a bridge has one set of decoders for the window.

What Linux does:
    Linux registers both as targets of the root decoder, and a region over them cannot be set up:
    the positions of the devices are ambiguous.

How to fix:
    List each host bridge once, and set the number of interleave ways to that of the bridges.

References:
    CXL 3.1, 9.18.1.3; Linux drivers/cxl/core/region.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example

TARGETS_AT = 36
"""Where the list of targets begins in a window."""


class DuplicateTarget(CedtRule):
    id = "CEDT030"
    severity = Severity.WARNING
    examples = (
        Example(
            "one bridge for two ways",
            """\
[cedt]
entries = '''
bridge 1 0x10000000+64K
window 4G+4G 1,1 volatile type3
'''
""",
            findings=("entry 1 (window): target 1 again",),
        ),
        Example(
            "two bridges",
            """\
[cedt]
entries = '''
bridge 1 0x10000000+64K
bridge 2 0x20000000+64K
window 4G+4G 1,2 volatile type3
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        for window in cedt.windows:
            seen: set[int] = set()
            for at, target in enumerate(window.targets):
                if target in seen:
                    yield cedt.inside(window, TARGETS_AT + 4 * at, 4, f"target {target} again")
                    break
                seen.add(target)
