"""A processor of the MADT has no entry in the SRAT.

Checks:
    An enabled processor of the MADT that no enabled SRAT entry names, while the SRAT names
    others.

Why it matters:
    No table declares which memory is near it.

What Linux does:
    Linux hands such processors out to the nodes in turn. FreeBSD panics: "SRAT: CPU with ID N
    is not known".

How to fix:
    Add its entry.

References:
    Linux numa_init_array; FreeBSD acpi_pxm.c. Every peer is silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.lint.srat_view import WRONG_ID


class CpuMissingInSrat(MachineRule):
    id = "XMAD001"
    severity = Severity.WARNING
    needs = ("SRAT",)
    yields_to = ("SRAT201", "SRAT202", "SRAT203", "MADT017")
    examples = (
        Example(
            "a processor that was forgotten",
            """\
[srat]
entries = '''
apic 0 0..2
mem 0 0+4G
'''
[madt]
entries = '''
lapic 0..3 0..3
'''
""",
            findings=("entry 3 (local APIC): APIC id 0x3 has no enabled entry in the SRAT",),
        ),
        Example(
            "all of them",
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
        if srat is None or madt is None or not srat.cpus:
            return
        missing = [
            cpu for cpu in madt.by_key.values() if cpu.enabled and cpu.key not in srat.cpu_keys
        ]
        for at, cpu in enumerate(missing):
            hit = madt.at(cpu.entry, cpu.field, f"{cpu.name} has no enabled entry in the SRAT")
            # One wrong id is that of a processor twice, and of another never.
            about = WRONG_ID if at < srat.wrong_ids else ""
            yield hit._replace(about=about, values=(cpu.key.number,), alike=("missing", about))
