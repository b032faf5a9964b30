"""A processor entry has a Local SAPIC EID on a machine without SAPICs.

Checks:
    An enabled entry of type 0 whose EID is not 0, while the MADT lists no Local SAPIC (type 7).

Why it matters:
    The field belongs to Itanium.

What Linux does:
    Linux reads it on SGI UV systems only, where it becomes part of the APIC id.

How to fix:
    Write 0.

References:
    Linux get_uv_system_type; ACPI 6.5, 5.2.16.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class SapicEidOnX86(MachineRule):
    id = "SRAT208"
    severity = Severity.INFO
    examples = (
        Example(
            "an EID on x86",
            """\
[srat]
entries = '''
apic 0 0 local_sapic_eid=1
mem 0 0+4G
'''
""",
            findings=("entry 0 (processor, domain 0): Local SAPIC EID is 1",),
        ),
        Example(
            "no EID",
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
        if srat is None or machine.settings.has_sapic:
            return
        for entry in srat.entries_in_force(0):
            if entry.local_sapic_eid:
                yield srat.at(
                    entry, "local_sapic_eid", f"Local SAPIC EID is {entry.local_sapic_eid}"
                )
