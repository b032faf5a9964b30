"""There are more memory entries than Linux has room for.

Checks:
    More enabled memory entries than twice the kernel's number of nodes (2 x 1,024 in
    distributions, 2 x 64 by default on x86). A warning above three quarters of it, and above
    the default's limit.

Why it matters:
    The whole table is lost.

What Linux does:
    "too many memblk ranges", "SRAT: Failed to add memblk to node N [mem ...]", "SRAT: SRAT not
    used."

How to fix:
    Merge ranges; or build the kernel with a larger NODES_SHIFT.

References:
    Linux NR_NODE_MEMBLKS.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span
from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.settings import SMALL_NODES_SHIFT
from srat_tool.lint.srat_view import SratView


class TooManyRanges(SratRule):
    id = "SRAT115"
    severity = Severity.ERROR
    examples = (
        Example(
            "more than a small kernel takes",
            """\
[srat]
entries = '''
apic 0 0
mem 0..128 0+1G
'''
""",
            findings=(
                (
                    "entry 129 (memory, domain 128): 129 enabled memory entries; a kernel with "
                    "NODES_SHIFT=6 has room for 128"
                ),
            ),
        ),
        Example(
            "a handful",
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
        count, limit = len(srat.memory), srat.settings.max_memory_blocks
        small = 2 << SMALL_NODES_SHIFT
        if count > limit:
            message = f"{count} enabled memory entries, Linux has room for {limit}"
            yield _first_lost(srat, limit, message)
        elif count > min(small, limit * 3 // 4):
            message = (
                f"{count} enabled memory entries; a kernel with NODES_SHIFT=6 has room for {small}"
            )
            hit = _first_lost(srat, min(count, small + 1) - 1, message)
            yield hit._replace(severity=Severity.WARNING)


def _first_lost(srat: SratView, index: int, message: str) -> Hit:
    """Return a hit on the entry that there is no room for."""
    entry = srat.memory[index]
    node = srat.node_of.get(srat.srat.proximity_domain(entry))
    span = Span(entry.base_address, entry.base_address + entry.range_length)
    return srat.at(entry, "type", message)._replace(values=(node, mem_range(span)))
