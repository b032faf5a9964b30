"""Hot-pluggable memory begins inside a large block of pages.

Checks:
    The lowest hot-pluggable address of a domain, in a range that holds RAM, is not a multiple
    of 4 MiB.

Why it matters:
    The first pages stay ordinary memory.

What Linux does:
    The start of ZONE_MOVABLE is rounded up to MAX_ORDER, 4 MiB on x86; up to 4 MiB of
    hot-pluggable memory stay in a kernel zone.

How to fix:
    Align the range.

References:
    Linux find_zone_movable_pfns_for_nodes; observed with Linux 6.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import MIB
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class MovableStartRounding(PlanRule):
    id = "MOV012"
    severity = Severity.INFO
    examples = (
        Example(
            "an odd MiB",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4097M+4G hotplug
'''
""",
            findings=(
                (
                    "entry 3 (memory, domain 1): hot-pluggable memory begins at 0x100100000, not "
                    "at a multiple of 4 MiB"
                ),
            ),
        ),
        Example(
            "a GiB",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G hotplug
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        seen: set[int] = set()
        for item in machine.populated_hot_ranges:
            if item.domain not in seen and item.start % (4 * MIB):
                message = (
                    f"hot-pluggable memory begins at {item.start:#x}, not at a multiple of 4 MiB"
                )
                yield srat.at(item.entry, "base_address", message)
            seen.add(item.domain)
