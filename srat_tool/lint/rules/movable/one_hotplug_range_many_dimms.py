"""One hot-pluggable range is larger than any DIMM.

Checks:
    An enabled hot-pluggable memory entry of more than 256 GiB.

Why it matters:
    Memory is removed device by device.

What Linux does:
    Linux uses the memory devices of the namespace, not by the range.

How to fix:
    Nothing needs to be done.

References:
    Practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import GIB, format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class OneHotplugRangeManyDimms(MachineRule):
    id = "MOV015"
    severity = Severity.INFO
    examples = (
        Example(
            "a TiB",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 1T+1T hotplug
'''
""",
            findings=("entry 3 (memory, domain 1): one hot-pluggable range of 1T",),
        ),
        Example(
            "64 GiB",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 64G+64G hotplug
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for item in machine.hot_ranges:
            if item.span.size > 256 * GIB:
                message = f"one hot-pluggable range of {format_size(item.span.size)}"
                yield srat.at(item.entry, "range_length", message)
