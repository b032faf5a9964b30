"""The SRAT names processors by the wrong number.

Checks:
    Some APIC ids of enabled SRAT entries are unknown to the MADT, but all of them are processor
    UIDs there. One id of three or more is no mix-up but a wrong number.

Why it matters:
    The generator wrote the UID where the APIC id belongs.

What Linux does:
    Linux finds no processor with these ids; the real ones are handed out in turn.

How to fix:
    Write the APIC id.

References:
    ACPI 6.5, 5.2.16.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class UidApicMixup(MachineRule):
    id = "XMAD006"
    severity = Severity.WARNING
    needs = ("APIC",)
    follows = ("MADT003",)
    examples = (
        Example(
            "UIDs count from 0, APIC ids by twos",
            """\
[srat]
entries = '''
apic 0 0..3
mem 0 0+4G
'''
[madt]
entries = '''
lapic 0..3 0..6/2
'''
""",
            findings=(
                (
                    "entry 1 (processor, domain 0): APIC id 0x1 is a processor UID of the MADT, "
                    "not an APIC id"
                ),
            ),
        ),
        Example(
            "APIC ids",
            """\
[srat]
entries = '''
apic 0 0..6/2
mem 0 0+4G
'''
[madt]
entries = '''
lapic 0..3 0..6/2
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, madt = machine.srat, machine.madt
        if srat is None or madt is None:
            return
        ids = [cpu for cpu in srat.cpus if cpu.key.space == "apic"]
        uids = {cpu.uid for cpu in madt.cpus if cpu.key.space == "apic" and cpu.enabled}
        unknown = [cpu for cpu in ids if cpu.key not in madt.by_key]
        # One unknown id of many is rather one wrong number.
        few = 1 if len(ids) > 2 else 0
        if len(unknown) > few and all(cpu.key.number in uids for cpu in ids):
            message = f"{unknown[0].name} is a processor UID of the MADT, not an APIC id"
            yield srat.at(unknown[0].entry, unknown[0].field, message)
