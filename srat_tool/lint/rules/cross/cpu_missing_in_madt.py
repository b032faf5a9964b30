"""The SRAT names processors that the MADT does not have.

Checks:
    An enabled SRAT entry whose processor has no MADT entry, enabled or not.

Why it matters:
    It is normal in static templates and on virtual machines.

What Linux does:
    Linux remembers the node of a processor that never comes.

How to fix:
    Nothing needs to be done.

References:
    Hypervisors list every processor that could be added.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class CpuMissingInMadt(MachineRule):
    id = "XMAD002"
    severity = Severity.INFO
    needs = ("APIC",)
    examples = (
        Example(
            "a template for more",
            """\
[srat]
entries = '''
apic 0 0..7
mem 0 0+4G
'''
[madt]
entries = '''
lapic 0..3 0..3
'''
""",
            findings=(
                (
                    "entry 4 (processor, domain 0): APIC id 0x4 is not in the MADT, one of 4 such "
                    "processors"
                ),
            ),
        ),
        Example(
            "as many as there are",
            """\
[srat]
entries = '''
apic 0 0..3
mem 0 0+4G
'''
[madt]
entries = '''
lapic 0..3 0..3
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, madt = machine.srat, machine.madt
        if srat is None or madt is None or not madt.cpus:
            return
        extra = [cpu for cpu in srat.cpus if cpu.key not in madt.by_key]
        if extra:
            message = f"{extra[0].name} is not in the MADT, one of {len(extra)} such processors"
            yield srat.at(extra[0].entry, extra[0].field, message)
