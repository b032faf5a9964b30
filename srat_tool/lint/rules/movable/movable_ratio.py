"""There is too much movable memory for the kernel's memory.

Checks:
    In the plan ZONE_MOVABLE has more than 4 times the pages of the other zones; advice above 3
    times, an error above 10 where a memory map shows that there is RAM. Not for Hyper-V.

Why it matters:
    Page tables, caches and drivers need memory that does not move.

What Linux does:
    Unmovable allocations run out while movable memory is free. The administrator's guide calls
    3:1 and 4:1 usually fine and rules out 63:1 for the memory map alone.

How to fix:
    Make fewer ranges hot-pluggable.

References:
    Linux Documentation/admin-guide/mm/memory-hotplug.rst.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import PAGE_SIZE, format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class MovableRatio(PlanRule):
    id = "MOV007"
    severity = Severity.WARNING
    examples = (
        Example(
            "five to one",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+20G hotplug
'''
""",
            findings=("20G of movable memory, 4G for the kernel",),
        ),
        Example(
            "sixteen to one",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+64G hotplug
'''
""",
            findings=("64G of movable memory, 4G for the kernel",),
        ),
        Example(
            "one to one",
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
        if srat is None or not machine.populated_hot_ranges or machine.plan is None:
            return
        zones = machine.plan.zones
        movable = sum(zone.present_pages for zone in zones if zone.name == "Movable")
        kernel = sum(zone.present_pages for zone in zones if zone.name != "Movable")
        for limit, severity in ((10, Severity.ERROR), (4, Severity.WARNING), (3, Severity.INFO)):
            if movable > limit * kernel:
                sizes = format_size(movable * PAGE_SIZE), format_size(kernel * PAGE_SIZE)
                message = f"{sizes[0]} of movable memory, {sizes[1]} for the kernel"
                known = machine.ram is not None
                yield srat.hit(
                    message, severity=severity if known else min(severity, Severity.WARNING)
                )
                return
