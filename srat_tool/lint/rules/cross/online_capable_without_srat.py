"""A processor that can be added has no entry in the SRAT.

Checks:
    A processor of the MADT that is online capable and not enabled, and that no enabled SRAT
    entry names.

Why it matters:
    When it is added, no table declares which memory is near it.

What Linux does:
    The processor gets a guessed node.

How to fix:
    Add its entry.

References:
    ACPI 6.3, 5.2.12.2, Online Capable.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class OnlineCapableWithoutSrat(MachineRule):
    id = "XMAD004"
    severity = Severity.WARNING
    needs = ("SRAT",)
    examples = (
        Example(
            "a socket to come",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
'''
[madt]
entries = '''
lapic 0..1 0..1
lapic 2 2 off online-capable
'''
""",
            findings=("entry 2 (local APIC): APIC id 0x2 can be added and has no SRAT entry",),
        ),
        Example(
            "its entry is there",
            """\
[srat]
entries = '''
apic 0 0..2
mem 0 0+4G
'''
[madt]
entries = '''
lapic 0..1 0..1
lapic 2 2 off online-capable
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, madt = machine.srat, machine.madt
        if srat is None or madt is None or not srat.cpus:
            return
        for cpu in madt.by_key.values():
            later = cpu.online_capable and not cpu.enabled
            if later and cpu.key not in srat.cpu_keys:
                yield madt.at(
                    cpu.entry, cpu.field, f"{cpu.name} can be added and has no SRAT entry"
                )
