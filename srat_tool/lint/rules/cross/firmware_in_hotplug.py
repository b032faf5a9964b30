"""Firmware keeps something inside a hot-pluggable range.

Checks:
    The memory map has reserved, ACPI or unusable ranges inside an enabled hot-pluggable memory
    entry that holds RAM; or a boot log shows EFI boot services there. Not for Hyper-V.

Why it matters:
    What firmware needs cannot be pulled out.

What Linux does:
    Every ACPI table and every EFI boot-services range is reserved before NUMA is set up, so its
    node counts as one of the kernel's and loses the hot-pluggable mark.

How to fix:
    Move the data to memory that stays.

References:
    Linux numa_clear_kernel_node_hotplug; observed with Linux 6.1, 6.12 and 7.2 under OVMF.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import clipped
from srat_tool.base.units import format_size, mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class FirmwareInHotplug(MachineRule):
    id = "XMAP005"
    severity = Severity.WARNING
    follows = ("MOV006",)
    examples = (
        Example(
            "ACPI data at the top of the riser",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G hotplug
'''
[memory]
ram = ["0+3G", "4G+0xfff00000"]
acpi = ["0x1fff00000+1M"]
""",
            findings=(
                (
                    "entry 3 (memory, domain 1): firmware keeps 1M in it, the first at [mem "
                    "0x1fff00000-0x1ffffffff]"
                ),
            ),
        ),
        Example(
            "nothing but RAM",
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
        srat = machine.srat
        if srat is None:
            return
        firmware = machine.firmware_ranges
        for item in machine.populated_hot_ranges:
            inside = clipped(firmware, item.span)
            if inside:
                size = format_size(sum(span.size for span in inside))
                message = f"firmware keeps {size} in it, the first at {mem_range(inside[0])}"
                yield srat.at(item.entry, "flags", message)
