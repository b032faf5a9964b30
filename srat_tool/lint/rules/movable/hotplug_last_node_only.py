"""The window for memory to come belongs to the last domain.

Checks:
    There is one hot-pluggable range, above all other memory, in the highest domain of several.

Why it matters:
    It does not show where memory will really be.

What Linux does:
    Memory joins the node of its device's _PXM; without one that the SRAT knows it joins the
    node of the first block.

How to fix:
    Nothing needs to be done; give the memory devices a _PXM.

References:
    QEMU's tables; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class HotplugLastNodeOnly(MachineRule):
    id = "MOV016"
    severity = Severity.INFO
    examples = (
        Example(
            "as QEMU does it",
            """\
[srat]
entries = '''
apic 0 0..1
apic 1 2..3
mem 0 0+4G
mem 1 4G+4G
mem 1 8G+64G hotplug
'''
""",
            findings=(
                (
                    "entry 6 (memory, domain 1): the only window for memory to come is in the "
                    "highest domain"
                ),
            ),
        ),
        Example(
            "a window for each",
            """\
[srat]
entries = '''
apic 0 0..1
apic 1 2..3
mem 0 0+4G
mem 1 4G+4G
mem 0 8G+64G hotplug
mem 1 72G+64G hotplug
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None or len(machine.hot_ranges) != 1 or len(srat.memory_domains) < 2:
            return
        (window,) = machine.hot_ranges
        if window is srat.ranges[-1] and window.domain == max(srat.domains):
            message = "the only window for memory to come is in the highest domain"
            yield srat.at(window.entry, "proximity_domain", message)
