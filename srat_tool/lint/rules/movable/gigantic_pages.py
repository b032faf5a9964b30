"""Gigantic pages are planned on a machine of mostly movable memory.

Checks:
    The command line asks for hugetlb pages of 1 GiB, and more than half of the planned memory
    is in ZONE_MOVABLE.

Why it matters:
    Gigantic pages do not come from movable memory at run time.

What Linux does:
    Later requests for gigantic pages may not be served.

How to fix:
    Reserve them at boot, or keep more memory fixed.

References:
    Linux Documentation/admin-guide/mm/memory-hotplug.rst.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class GiganticPages(PlanRule):
    id = "MOV013"
    severity = Severity.INFO
    examples = (
        Example(
            "three quarters movable",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+12G hotplug
'''
[kernel]
cmdline = "movable_node hugepagesz=1G hugepages=2"
""",
            findings=("75% of memory are movable, and pages of 1 GiB are asked for",),
        ),
        Example(
            "pages of 2 MiB",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+12G hotplug
'''
[kernel]
cmdline = "movable_node hugepages=2"
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        sizes = ("hugepagesz=1G", "default_hugepagesz=1G")
        words = (machine.command_line or "").split()
        if srat is None or not any(word in sizes for word in words) or machine.plan is None:
            return
        pages = [(zone.name == "Movable", zone.present_pages) for zone in machine.plan.zones]
        movable, total = sum(n for hot, n in pages if hot), sum(n for _, n in pages)
        if 2 * movable > total:
            share = 100 * movable // total
            yield srat.hit(f"{share}% of memory are movable, and pages of 1 GiB are asked for")
