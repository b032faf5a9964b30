"""The registers of two host bridges share addresses.

Checks:
    Two host bridge structures with different addresses whose registers intersect.

Why it matters:
    A write to one bridge reaches the other.

What Linux does:
    Linux does not compare the bridges: both drivers write to the shared registers.

How to fix:
    State the addresses where the registers are.

References:
    CXL 3.1, 9.18.1.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span
from srat_tool.base.units import mem_range
from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example
from srat_tool.tables.cedt import Chbs


class BridgeRegistersOverlap(CedtRule):
    id = "CEDT025"
    severity = Severity.WARNING
    examples = (
        Example(
            "32 KiB apart",
            """\
[cedt]
entries = '''
bridge 1 0x80000000+64K
bridge 2 0x80008000+64K
'''
""",
            findings=(
                (
                    "entry 1 (host bridge): [mem 0x80008000-0x80017fff] overlaps entry 0 "
                    "(host bridge)"
                ),
            ),
        ),
        Example(
            "64 KiB apart",
            """\
[cedt]
entries = '''
bridge 1 0x80000000+64K
bridge 2 0x80010000+64K
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        reach: Chbs | None = None
        for bridge in sorted(cedt.bridges, key=lambda bridge: bridge.base):
            span = Span(bridge.base, bridge.base + bridge.register_length)
            end = reach.base + reach.register_length if reach is not None else 0
            if reach is not None and reach.base < span.start < end and span.size:
                yield cedt.at(bridge, "base", f"{mem_range(span)} overlaps {cedt.name(reach)}")
            if span.end > end:
                reach = bridge
