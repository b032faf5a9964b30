"""Hyper-V describes the whole address space as hot-pluggable.

Checks:
    The table is Hyper-V's, and a hot-pluggable range reaches above 2^46.

Why it matters:
    The ranges are address space for dynamic memory, not DIMMs, so rules about DIMMs keep
    silent.

What Linux does:
    With movable_node there is still no ZONE_MOVABLE, because the kernel's own node loses
    the mark.

How to fix:
    Nothing needs to be done.

References:
    A public boot log of an Azure machine; Linux commit bcf6f1759adf.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.words import plural
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class HypervHugeWindows(MachineRule):
    id = "MOV017"
    severity = Severity.INFO
    examples = (
        Example(
            "a ladder of windows",
            """\
[srat]
oem = ["VRTUAL", "MICROSFT", 1, "MSFT", 1]
entries = '''
apic 0 0..1
mem 0 0+4G hotplug
mem 0 32T+96T hotplug
'''
""",
            findings=("entry 3 (memory, domain 0): 1 range above 2^46",),
        ),
        Example(
            "another vendor",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 0 4G+4G hotplug
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        high = [item for item in machine.hot_ranges if item.end > 1 << 46]
        if srat and srat.is_hyper_v and high:
            yield srat.at(high[0].entry, "range_length", f"{plural(len(high), 'range')} above 2^46")
