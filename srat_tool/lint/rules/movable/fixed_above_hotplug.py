"""Fixed memory is above hot-pluggable memory of its proximity domain.

Checks:
    An enabled memory entry that is not hot-pluggable begins above a hot-pluggable one of the
    same domain that holds RAM, and the mark is not cleared.

Why it matters:
    The fixed memory is treated like removable memory, and the node cannot be removed.

What Linux does:
    ZONE_MOVABLE begins at the lowest hot-pluggable page of the node, so the fixed range becomes
    movable too; kernel data such as NODE_DATA and vmemmap is still allocated in it.

How to fix:
    Put the fixed memory below, or in a separate proximity domain.

References:
    Linux find_zone_movable_pfns_for_nodes; observed with Linux 6.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule
from srat_tool.lint.srat_view import Range


class FixedAboveHotplug(PlanRule):
    id = "MOV005"
    severity = Severity.WARNING
    yields_to = ("MOV004",)
    examples = (
        Example(
            "fixed on top",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G hotplug
mem 1 8G+4G
'''
[memory]
ram = ["0+3G", "4G+8G"]
""",
            findings=(
                (
                    "entry 3 (memory, domain 1): hot-pluggable, and entry 4 (memory, domain 1) "
                    "above it is not"
                ),
            ),
        ),
        Example(
            "hot-pluggable on top",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G hotplug
'''
[memory]
ram = ["0+3G", "4G+4G"]
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        lowest: dict[int, Range] = {}
        for item in machine.populated_hot_ranges:
            lowest.setdefault(item.domain, item)
        seen: set[int] = set()
        for item in srat.ranges:
            hot = lowest.get(item.domain)
            if hot is None or item.start < hot.start or machine.lacks_ram(item):
                continue
            if item.entry.hot_pluggable or item.domain in seen:
                continue
            if item.domain not in machine.kernel_nodes:
                seen.add(item.domain)
                message = f"hot-pluggable, and {srat.name(item.entry)} above it is not"
                yield srat.at(hot.entry, "flags", message)
