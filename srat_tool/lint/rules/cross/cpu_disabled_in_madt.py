"""The SRAT names processors that the MADT has switched off.

Checks:
    An enabled SRAT entry whose processor is neither enabled nor online capable in the MADT.

Why it matters:
    It is normal in static templates.

What Linux does:
    Linux remembers the node of a processor that never comes.

How to fix:
    Nothing needs to be done.

References:
    Practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class CpuDisabledInMadt(MachineRule):
    id = "XMAD003"
    severity = Severity.INFO
    needs = ("APIC",)
    examples = (
        Example(
            "a processor that is switched off",
            """\
[srat]
entries = '''
apic 0 0..3
mem 0 0+4G
'''
[madt]
entries = '''
lapic 0..2 0..2
lapic 3 3 off
'''
""",
            findings=(
                (
                    "entry 3 (processor, domain 0): APIC id 0x3 is disabled in the MADT, one of 1 "
                    "such processors"
                ),
            ),
        ),
        Example(
            "a processor that can be added",
            """\
[srat]
entries = '''
apic 0 0..3
mem 0 0+4G
'''
[madt]
entries = '''
lapic 0..2 0..2
lapic 3 3 off online-capable
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, madt = machine.srat, machine.madt
        if srat is None or madt is None:
            return
        off = {k for k, cpu in madt.by_key.items() if not (cpu.enabled or cpu.online_capable)}
        idle = [cpu for cpu in srat.cpus if cpu.key in off]
        if idle:
            message = f"{idle[0].name} is disabled in the MADT, one of {len(idle)} such processors"
            yield srat.at(idle[0].entry, idle[0].field, message)
