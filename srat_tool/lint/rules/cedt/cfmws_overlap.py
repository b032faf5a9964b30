"""Two windows share addresses.

Checks:
    Two windows intersect.

Why it matters:
    An address leads to one place.

What Linux does:
    The second window's resource conflicts with the first one's and is dropped.

How to fix:
    Separate the windows.

References:
    Linux drivers/cxl/acpi.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import mem_range
from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class CfmwsOverlap(CedtRule):
    id = "CEDT009"
    severity = Severity.ERROR
    examples = (
        Example(
            "the second begins inside the first",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
window 6G+4G 0 volatile type3
'''
""",
            findings=("entry 2 (window): [mem 0x180000000-0x27fffffff] overlaps entry 1 (window)",),
        ),
        Example(
            "one after the other",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
window 8G+4G 0 volatile type3
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        for first, second in cedt.overlaps:
            message = f"{mem_range(cedt.span(second))} overlaps {cedt.name(first)}"
            yield cedt.at(second, "base_hpa", message)
