"""Hot-pluggable memory shares a domain with memory that has to stay.

Checks:
    An enabled hot-pluggable memory entry that holds RAM, in a domain that also has fixed memory
    below it, or whose planned node holds early kernel data. Windows for memory to come do not
    count, nor does Hyper-V.

Why it matters:
    The mark has no effect.

What Linux does:
    The kernel, the initrd or tables make their node one of the kernel's, and Linux clears the
    mark for every block of it; movable_node does nothing there.

How to fix:
    Give removable memory a separate proximity domain.

References:
    Linux numa_clear_kernel_node_hotplug; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.words import joined
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class HotplugInKernelNode(PlanRule):
    id = "MOV004"
    severity = Severity.WARNING
    yields_to = ("MOV006", "MOV003", "MOV002")
    follows = ("MOV006",)
    examples = (
        Example(
            "a riser on the first node",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 0 4G+4G hotplug
'''
""",
            findings=(
                (
                    "entry 3 (memory, domain 0): its node holds early kernel data: first pages, "
                    "BIOS area, kernel image and initrd"
                ),
            ),
        ),
        Example(
            "the initrd is there",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G hotplug
'''
[memory]
ram = ["0+3G", "4G+4G"]
[kernel]
initrd = "6G+64M"
""",
            findings=("entry 3 (memory, domain 1): its node holds early kernel data: initrd",),
        ),
        Example(
            "a riser with a separate domain",
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
        for item in machine.populated_hot_ranges:
            because = machine.kernel_nodes.get(item.domain)
            fixed = srat.first_fixed_ranges.get(item.domain)
            if because:
                message = f"its node holds early kernel data: {joined(because)}"
                yield srat.at(item.entry, "flags", message)
            elif fixed and fixed.start < item.start:
                message = f"domain {item.domain} has memory below it that is not hot-pluggable"
                yield srat.at(item.entry, "flags", message)
