"""A window holds memory that no memory block can use.

Checks:
    In the plan, a window does not begin or end with a memory block.

Why it matters:
    What is outside whole memory blocks stays unused.

What Linux does:
    Memory of a region is added in whole memory blocks; the kmem driver cuts what is outside. The
    size of a block depends on the kernel: since 6.16 windows make it smaller, before that machines
    with 64 GiB and more may have blocks of 2 GiB.

How to fix:
    Let the window begin and end at multiples of 2 GiB.

References:
    Linux dax_kmem_range and probe_memory_block_size.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class WindowStranded(PlanRule):
    id = "CEDT027"
    severity = Severity.INFO
    examples = (
        Example(
            "a window between blocks",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+130G
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 0x20c0000000+4G 0 volatile type3
'''
[kernel]
version = "6.12"
""",
            findings=("entry 1 (window): 2G of 4G are outside whole memory blocks of 2G",),
        ),
        Example(
            "a window of whole blocks",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+130G
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 0x2100000000+4G 0 volatile type3
'''
[kernel]
version = "6.12"
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        for cedt, entry, places in machine.planned_windows:
            lost = sum(place.stranded_bytes for place in places)
            if lost and machine.plan is not None:
                message = (
                    f"{format_size(lost)} of {format_size(entry.window_size)} are outside whole "
                    f"memory blocks of {format_size(machine.plan.memory_block_bytes)}"
                )
                yield cedt.at(entry, "window_size", message)
