"""A hot-pluggable range holds no RAM yet.

Checks:
    An enabled hot-pluggable memory entry without usable RAM inside.

Why it matters:
    It is what a window for memory to come looks like.

What Linux does:
    Memory added there goes to the node of the device's _PXM. If that domain is unknown to the
    SRAT, the window's node is ignored and the memory joins the node of the first block.

How to fix:
    Nothing needs to be done; give the memory devices a _PXM that the SRAT knows.

References:
    Linux numa_reserved_meminfo, memory_add_physaddr_to_nid; observed with Linux 5.10, 6.1, 6.12
    and 7.2; every QEMU machine with maxmem.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class HotplugWindowAbsent(MachineRule):
    id = "XMAP003"
    severity = Severity.INFO
    examples = (
        Example(
            "a window",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 0 4G+64G hotplug
'''
[memory]
ram = ["0+3G"]
""",
            findings=("entry 3 (memory, domain 0): no RAM in [mem 0x100000000-0x10ffffffff] yet",),
        ),
        Example(
            "it is filled",
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
        for item in machine.hot_ranges:
            if machine.has_no_ram(item.span):
                yield srat.at(item.entry, "base_address", f"no RAM in {item.text} yet")
