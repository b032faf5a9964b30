"""A range that is marked non-volatile is RAM in the memory map.

Checks:
    An enabled memory entry with flag bit 2 shares at least a page with usable RAM of the memory
    map.

Why it matters:
    What should survive a reboot is handed out as ordinary memory.

What Linux does:
    Linux uses the memory map and treats the range as RAM.

How to fix:
    Give the range type 7 (persistent) in the memory map, or clear the flag.

References:
    ACPI 6.5, 5.2.16.2 and 15.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import clipped
from srat_tool.base.units import PAGE_SIZE, format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class NonvolatileAsRam(MachineRule):
    id = "SRAT113"
    severity = Severity.WARNING
    examples = (
        Example(
            "an NVDIMM in the memory map as RAM",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+4G nonvolatile
'''
[memory]
ram = ["0+8G"]
""",
            findings=(
                (
                    "entry 2 (memory, domain 0): [mem 0x100000000-0x1ffffffff] is non-volatile, "
                    "yet 4G of it are usable RAM"
                ),
            ),
        ),
        Example(
            "an NVDIMM in the memory map as persistent memory",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+4G nonvolatile
'''
[memory]
ram = ["0+4G"]
pmem = ["4G+4G"]
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None or machine.ram is None:
            return
        for item in srat.ranges:
            shared = (
                sum(s.size for s in clipped(machine.ram, item.span)) if item.entry.flags & 4 else 0
            )
            if shared >= PAGE_SIZE:
                message = (
                    f"{item.text} is non-volatile, yet {format_size(shared)} of it are usable RAM"
                )
                yield srat.at(item.entry, "flags", message)
