"""Nodes with processors differ much in memory.

Checks:
    Of the domains with processors and memory, the largest has more than four times the memory
    of the smallest; hot-pluggable ranges do not count.

Why it matters:
    Programs on the small node will use remote memory; perhaps a DIMM is missing.

What Linux does:
    Linux creates the nodes as declared.

How to fix:
    Check how the DIMMs are placed.

References:
    Practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class LopsidedNodes(SratRule):
    id = "SRAT408"
    severity = Severity.INFO
    examples = (
        Example(
            "one DIMM against eight",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+64G
mem 1 64G+8G
'''
""",
            findings=("domain 0 has 64G, domain 1 has 8G",),
        ),
        Example(
            "equal nodes",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        sizes: dict[int, int] = {}
        for item in srat.ranges:
            if item.domain in srat.cpu_domains and not item.entry.hot_pluggable:
                sizes[item.domain] = sizes.get(item.domain, 0) + item.end - item.start
        if not sizes:
            return
        low, high = min(sizes, key=sizes.__getitem__), max(sizes, key=sizes.__getitem__)
        if sizes[high] > 4 * sizes[low]:
            most, least = format_size(sizes[high]), format_size(sizes[low])
            yield srat.hit(f"domain {high} has {most}, domain {low} has {least}")
