"""Every range is hot-pluggable.

Checks:
    All enabled, non-empty memory entries are hot-pluggable. Not for Hyper-V, which does so on
    purpose.

Why it matters:
    There is no memory that may stay.

What Linux does:
    With movable_node memblock has nothing to allocate from between the parsing of the SRAT and
    the moment when the kernel's own node is cleared. Under KASLR the kernel may end up on any
    node, which then stays.

How to fix:
    Keep the first node fixed.

References:
    Linux should_skip_region; observed with Linux 6.12.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class AllHotpluggable(MachineRule):
    id = "MOV006"
    severity = Severity.WARNING
    examples = (
        Example(
            "everything",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G hotplug
mem 1 4G+4G hotplug
'''
""",
            findings=("entry 2 (memory, domain 0): hot-pluggable, as all memory of the table is",),
        ),
        Example(
            "the first node is fixed",
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
        if srat is None or srat.is_hyper_v or not srat.ranges:
            return
        if len(machine.hot_ranges) == len(srat.ranges):
            first = machine.hot_ranges[0].entry
            yield srat.at(first, "flags", "hot-pluggable, as all memory of the table is")
