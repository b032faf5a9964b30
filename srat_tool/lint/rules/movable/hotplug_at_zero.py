"""A hot-pluggable range holds the lowest memory.

Checks:
    An enabled hot-pluggable memory entry holds address 0 or 1 MiB. Not for Hyper-V, which marks
    everything.

Why it matters:
    That memory can never be removed.

What Linux does:
    The first pages and the BIOS area are reserved before anything else, so their node is always
    one of the kernel's.

How to fix:
    Clear the flag.

References:
    Linux numa_clear_kernel_node_hotplug; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import MIB
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class HotplugAtZero(MachineRule):
    id = "MOV003"
    severity = Severity.WARNING
    yields_to = ("MOV006",)
    follows = ("MOV006",)
    examples = (
        Example(
            "the first node",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G hotplug
mem 1 4G+4G
'''
""",
            findings=(
                (
                    "entry 2 (memory, domain 0): hot-pluggable, and [mem 0x00000000-0xffffffff] "
                    "can never be removed"
                ),
            ),
        ),
        Example(
            "the second node",
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
            if item.span.holds(0) or item.span.holds(MIB):
                yield srat.at(
                    item.entry, "flags", f"hot-pluggable, and {item.text} can never be removed"
                )
