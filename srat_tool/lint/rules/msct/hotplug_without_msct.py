"""No table declares how far the machine can grow.

Checks:
    The SRAT has hot-pluggable ranges, and there is no MSCT.

Why it matters:
    The MSCT is where a system declares what may be added.

What Linux does:
    Linux does not read the MSCT; it uses the SRAT's hot-pluggable ranges.

How to fix:
    Nothing needs to be done.

References:
    ACPI 6.5, 5.2.19.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class HotplugWithoutMsct(MachineRule):
    id = "MSCT012"
    severity = Severity.INFO
    examples = (
        Example(
            "a window without limits",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+4G hotplug
'''
""",
            findings=("entry 2 (memory, domain 0): hot-pluggable, and there is no MSCT",),
        ),
        Example(
            "nothing is hot-pluggable",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None or machine.msct is not None:
            return
        hot = [entry for entry in srat.memory if entry.hot_pluggable]
        if hot:
            yield srat.at(hot[0], "flags", "hot-pluggable, and there is no MSCT")
