"""A hot-pluggable range is below 4 GiB.

Checks:
    An enabled hot-pluggable memory entry begins below 4 GiB. Not for Hyper-V, which marks
    everything.

Why it matters:
    Kernel, ACPI tables and memory for DMA live there.

What Linux does:
    Linux clears the mark on the node as soon as early kernel data is on it.

How to fix:
    Let removable memory begin above 4 GiB.

References:
    Linux numa_clear_kernel_node_hotplug.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import GIB
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class HotplugBelow4G(MachineRule):
    id = "MOV002"
    severity = Severity.WARNING
    yields_to = ("MOV006", "MOV003")
    follows = ("MOV006",)
    examples = (
        Example(
            "from 2G on",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+2G
mem 1 2G+4G hotplug
'''
""",
            findings=(
                (
                    "entry 3 (memory, domain 1): hot-pluggable, and [mem 0x80000000-0x17fffffff] "
                    "begins below 4G"
                ),
            ),
        ),
        Example(
            "above 4G",
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
        if srat is None or srat.is_hyper_v:
            return
        for item in machine.populated_hot_ranges:
            if item.start < 4 * GIB:
                yield srat.at(
                    item.entry, "flags", f"hot-pluggable, and {item.text} begins below 4G"
                )
