"""A range that is not hot-pluggable holds no RAM.

Checks:
    An enabled, non-empty memory entry that is not hot-pluggable, and no usable RAM inside it.

Why it matters:
    Either the memory map is wrong or the entry is superfluous.

What Linux does:
    The range is stored as reserved info only: it maps addresses to nodes and creates no
    memory.

How to fix:
    Clear the entry.

References:
    Linux numa_cleanup_meminfo.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class RangeWithoutRam(MachineRule):
    id = "XMAP002"
    severity = Severity.INFO
    examples = (
        Example(
            "a range above all RAM",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 0 64G+4G
'''
[memory]
ram = ["0+3G"]
""",
            findings=("entry 3 (memory, domain 0): no RAM in [mem 0x1000000000-0x10ffffffff]",),
        ),
        Example(
            "RAM in each range",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
'''
[memory]
ram = ["0+3G"]
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for item in srat.ranges:
            if not item.entry.hot_pluggable and machine.has_no_ram(item.span):
                yield srat.at(item.entry, "base_address", f"no RAM in {item.text}")
