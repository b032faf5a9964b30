"""A hot-pluggable range is filled in part.

Checks:
    Usable RAM covers a part, at least a MiB short of all, of an enabled hot-pluggable memory
    entry.

Why it matters:
    Memory is added and removed in memory blocks of 128 MiB to 2 GiB; populated memory should end
    at the border of one.

What Linux does:
    The RAM is marked hot-pluggable; the rest is a window for memory to come.

How to fix:
    Nothing needs to be done.

References:
    Linux memory_hotplug.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import clipped
from srat_tool.base.units import MIB, format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class HotplugPartlyPopulated(MachineRule):
    id = "XMAP004"
    severity = Severity.INFO
    examples = (
        Example(
            "half of it",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G hotplug
'''
[memory]
ram = ["0+3G", "4G+2G"]
""",
            findings=("entry 3 (memory, domain 1): 2G of 4G are RAM",),
        ),
        Example(
            "all of it",
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
        srat, ram = machine.srat, machine.ram
        if srat is None or ram is None:
            return
        for item in machine.populated_hot_ranges:
            filled = sum(span.size for span in clipped(ram, item.span))
            if 0 < filled <= item.span.size - MIB:
                message = f"{format_size(filled)} of {format_size(item.span.size)} are RAM"
                yield srat.at(item.entry, "range_length", message)
