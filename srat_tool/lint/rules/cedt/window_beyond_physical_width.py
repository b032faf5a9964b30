"""A window is above every physical address.

Checks:
    A window whose end is above the 52 bits of a physical address, or those that an option states.

Why it matters:
    No processor can reach the memory.

What Linux does:
    Linux accepts the window, and mapping its memory fails.

How to fix:
    State an address that processors can reach.

References:
    CXL 3.1, 9.18.1.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import mem_range
from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class WindowBeyondPhysicalWidth(CedtRule):
    id = "CEDT029"
    severity = Severity.WARNING
    examples = (
        Example(
            "at 2^56",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 0x100000000000000+4G 0 volatile type3
'''
""",
            findings=(
                (
                    "entry 1 (window): [mem 0x100000000000000-0x1000000ffffffff] ends above the "
                    "52 bits of a physical address, 0x10000000000000"
                ),
            ),
        ),
        Example(
            "at 4 GiB",
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
        most, whose = cedt.settings.highest_address
        for window in cedt.windows:
            span = cedt.span(window)
            if span.end > most and span.size:
                field = "base_hpa" if span.start >= most else "window_size"
                yield cedt.at(window, field, f"{mem_range(span)} ends above {whose}, {most:#x}")
