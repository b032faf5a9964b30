"""SRAT and MADT describe a processor by different kinds of entries.

Checks:
    A processor that is an x2APIC in the MADT and of type 0 in the SRAT, or the reverse.

Why it matters:
    It is legal, and may confuse other readers.

What Linux does:
    Linux joins them by the id.

How to fix:
    Nothing needs to be done.

References:
    ACPI 6.5, 5.2.12.12.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class TypeMismatch(MachineRule):
    id = "XMAD007"
    severity = Severity.INFO
    examples = (
        Example(
            "x2APIC here, APIC there",
            """\
[srat]
entries = '''
x2apic 0 0..3
mem 0 0+4G
'''
[madt]
entries = '''
lapic 0..3 0..3
'''
""",
            findings=(
                (
                    "entry 0 (x2APIC, domain 0): APIC id 0x0 is a local APIC in the MADT, one of 4 "
                    "such processors"
                ),
            ),
        ),
        Example(
            "the same kind",
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
        if srat is None or madt is None:
            return
        odd = []
        for cpu in srat.cpus:
            other = madt.by_key.get(cpu.key)
            if other is not None and (cpu.entry.type, other.entry.type) in {(0, 9), (2, 0)}:
                odd.append(cpu)
        if odd:
            kind = "x2APIC" if odd[0].entry.type == 0 else "local APIC"
            message = f"{odd[0].name} is a {kind} in the MADT, one of {len(odd)} such processors"
            yield srat.at(odd[0].entry, odd[0].field, message)
