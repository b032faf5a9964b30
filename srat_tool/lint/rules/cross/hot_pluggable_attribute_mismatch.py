"""SRAT and EFI memory map disagree about what can be removed.

Checks:
    Memory with the attribute EFI_MEMORY_HOT_PLUGGABLE inside an enabled entry that is not
    hot-pluggable; or, where the map uses the attribute, hot-pluggable RAM without it.

Why it matters:
    Operating systems that go by the one behave differently from those that go by the other.

What Linux does:
    Linux uses the SRAT; since 6.18 the boot code does not place the kernel in memory with
    the attribute.

How to fix:
    Set the flag and the attribute together.

References:
    UEFI 2.11, 7.2; tianocore bugs 10407 and 12811.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import clipped, union
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class HotPluggableAttributeMismatch(MachineRule):
    id = "XMAP007"
    severity = Severity.WARNING
    examples = (
        Example(
            "the attribute alone",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G
'''
[memory]
ram = ["0+3G", "4G+4G"]
hot_pluggable = ["4G+4G"]
""",
            findings=(
                (
                    "entry 3 (memory, domain 1): memory in [mem 0x100000000-0x1ffffffff] has the "
                    "hot-pluggable attribute, the entry has not"
                ),
            ),
        ),
        Example(
            "both declare it",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G hotplug
'''
[memory]
ram = ["0+3G", "4G+4G"]
hot_pluggable = ["4G+4G"]
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, given = machine.srat, machine.memory_map
        if srat is None or given is None or not given.hot_pluggable:
            return
        removable = union(given.hot_pluggable)
        for item in srat.ranges:
            marked = bool(clipped(removable, item.span))
            if marked and not item.entry.hot_pluggable:
                message = (
                    f"memory in {item.text} has the hot-pluggable attribute, the entry has not"
                )
                yield srat.at(item.entry, "flags", message)
            elif item.entry.hot_pluggable and not marked and not machine.has_no_ram(item.span):
                message = f"hot-pluggable, and memory in {item.text} lacks the attribute"
                yield srat.at(item.entry, "flags", message)
