"""A memory range extends beyond the end of the address space.

Checks:
    Base plus length of an enabled memory entry is 2^64 or more.

Why it matters:
    There is no such memory.

What Linux does:
    The sum wraps: "Warning: invalid memblk node N [mem ...]", and the range is ignored.

How to fix:
    Correct base or length.

References:
    Observed with Linux 6.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span
from srat_tool.base.units import U64, mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class RangeWraps(SratRule):
    id = "SRAT105"
    severity = Severity.ERROR
    examples = (
        Example(
            "a length that is an end",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+0xffffffff00000000
'''
""",
            findings=(
                "entry 2 (memory, domain 0): base 0x100000000 plus length 0xffffffff00000000 wraps",
            ),
        ),
        Example(
            "a range that ends below 2^64",
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
        for entry in srat.memory:
            if entry.range_length and entry.base_address + entry.range_length > U64:
                message = f"base {entry.base_address:#x} plus length {entry.range_length:#x} wraps"
                node = srat.node_of.get(srat.srat.proximity_domain(entry))
                span = Span(entry.base_address, entry.base_address + entry.range_length)
                hit = srat.at(entry, "range_length", message)
                yield hit._replace(values=(node, mem_range(span)))
