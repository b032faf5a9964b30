"""The initrd or another reservation is in hot-pluggable memory.

Checks:
    An early reservation that was given (initrd, kernel image, a reserved range, the address of
    `crashkernel=SIZE@ADDRESS`, or one that a boot log shows) overlaps a hot-pluggable range that
    holds RAM. Where no initrd was given: the place where boot loaders of this boot path put one.

Why it matters:
    The node cannot be removed, or there is no crash kernel.

What Linux does:
    The node counts as one of the kernel's; its mark is cleared. A crash kernel comes later: with
    movable_node "crashkernel reservation failed - memory is in use.", without it in ZONE_MOVABLE or
    any other zone.

How to fix:
    Load the initrd elsewhere, or give the node only memory above 4 GiB; let the kernel choose the
    place of the crash kernel.

References:
    Linux numa_clear_kernel_node_hotplug, reserve_crashkernel; observed with Linux 5.10, 6.1, 6.12,
    7.2 and 7.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class InitrdOrCrashkernelInHotplug(PlanRule):
    id = "MOV014"
    severity = Severity.WARNING
    yields_to = ("MOV006", "MOV003", "MOV002")
    examples = (
        Example(
            "a crash kernel at an address",
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
cmdline = "crashkernel=256M@5G movable_node"
""",
            findings=(
                ("entry 3 (memory, domain 1): crash kernel [mem 0x140000000-0x14fffffff] is in it"),
            ),
        ),
        Example(
            "the initrd",
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
            findings=("entry 3 (memory, domain 1): initrd [mem 0x180000000-0x183ffffff] is in it",),
        ),
        Example(
            "where boot loaders put the initrd",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+1G
mem 1 1G+1G hotplug
'''
[memory]
ram = ["0+640K", "1M+2047M"]
""",
            findings=("entry 3 (memory, domain 1): boot loaders put the initrd into it",),
        ),
        Example(
            "the initrd is low",
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
initrd = "1G+64M"
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for item in machine.populated_hot_ranges:
            for span, what in machine.given_reservations:
                if span.overlaps(item.span):
                    yield srat.at(item.entry, "base_address", f"{what} {mem_range(span)} is in it")
            if any(span.overlaps(item.span) for span in machine.usual_initrd):
                message = "boot loaders put the initrd into it"
                yield srat.at(item.entry, "base_address", message)
