"""A hot-pluggable range does not consist of whole memory blocks.

Checks:
    Base or end of an enabled hot-pluggable memory entry is not a multiple of the planned
    kernel's memory block: 128 MiB below 64 GiB of RAM, up to 2 GiB above.

Why it matters:
    Memory is added and removed block by block.

What Linux does:
    Hot-add fails: "Block size [N] unaligned hotplug range: start N, size N", "acpi
    PNP0C80:00: add_memory failed".

How to fix:
    Align the range to 2 GiB, which fits every kernel.

References:
    Linux memory_hotplug.c; nemu issue 48; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class BlockUnaligned(PlanRule):
    id = "MOV001"
    severity = Severity.WARNING
    follows = ("MOV006",)
    examples = (
        Example(
            "an odd end",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4200M hotplug
'''
""",
            findings=(
                (
                    "entry 3 (memory, domain 1): [mem 0x100000000-0x2067fffff] does not consist of "
                    "whole blocks of 128M"
                ),
            ),
        ),
        Example(
            "whole gigabytes",
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
        if srat is None or srat.is_hyper_v or not machine.hot_ranges:
            return
        block = machine.memory_block_bytes
        for item in machine.hot_ranges:
            if item.start % block or item.end % block:
                message = f"{item.text} does not consist of whole blocks of {format_size(block)}"
                values = (f"{block:#x}", f"{item.start:#x}", f"{item.end - item.start:#x}")
                yield srat.at(item.entry, "base_address", message)._replace(values=values)
