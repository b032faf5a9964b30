"""Some RAM is in no enabled range of the SRAT.

Checks:
    Usable RAM of the memory map, in whole pages, is outside every enabled memory entry, and
    the planned kernel does not get over it. A warning when it does: a CXL window covers the rest,
    or it is between ranges of one node, which Linux joins.

Why it matters:
    Memory without a node.

What Linux does:
    Up to 6.1: "NUMA: nodes only cover N MB of your N MB e820 RAM. Not used."; later "NUMA: no
    nodes coverage for N MB of N MB RAM": one faked node. A gap below the limit (1 MiB) is
    accepted, and the kernel crashes on it. Xen prints "No PXM for e820 range".

How to fix:
    Extend a range over it.

References:
    Linux numa_meminfo_cover_memory; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import format_size, mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class RamNotCovered(PlanRule):
    id = "XMAP001"
    severity = Severity.ERROR
    examples = (
        Example(
            "the second node's memory was forgotten",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
'''
[memory]
ram = ["0+3G", "4G+2G"]
""",
            findings=(
                "2G of RAM are in no enabled range, the first at [mem 0x100000000-0x17fffffff]",
            ),
        ),
        Example(
            "a gap that the kernel accepts and does not survive",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 0x100080000+0x7ff80000
'''
[memory]
ram = ["0+3G", "4G+2G"]
""",
            findings=(
                "512K of RAM are in no enabled range, the first at [mem 0x100000000-0x10007ffff]",
            ),
        ),
        Example(
            "the ranges cover more than there is",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 0 4G+4G
'''
[memory]
ram = ["0+3G", "4G+2G"]
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, missing = machine.srat, machine.uncovered_ram
        if srat is None or not missing:
            return
        plan, size = machine.plan, format_size(sum(span.size for span in missing))
        message = f"{size} of RAM are in no enabled range, the first at {mem_range(missing[0])}"
        if plan is None or plan.rejected or plan.crash:
            why = plan and (plan.crash or plan.rejected)
            yield srat.hit(message, why=f"Linux: {why}" if why else "")
        else:
            yield srat.hit(message, severity=Severity.WARNING)
