"""The HMAT does not describe a generic initiator or port.

Checks:
    The domain of an enabled generic initiator or port is in no initiator list of an HMAT,
    or there is no HMAT.

Why it matters:
    The entry exists for the sake of such data.

What Linux does:
    The node exists, without performance attributes.

How to fix:
    List the domain as an initiator in the HMAT.

References:
    ACPI 6.5, 5.2.16.6 and 5.2.27.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.context import Machine
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, MachineRule


class InitiatorPxmWithoutHmat(MachineRule):
    id = "SRAT309"
    severity = Severity.INFO
    examples = (
        Example(
            "no HMAT",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
initiator 1 pci:0000:3a:00.0
'''
""",
            findings=("entry 2 (generic initiator, domain 1): there is no HMAT for domain 1",),
        ),
        Example(
            "no initiator",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, machine: Machine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        known = set() if machine.hmat is None else machine.hmat.initiators
        for entry in srat.devices:
            if entry.proximity_domain not in known:
                where = (
                    "there is no HMAT" if machine.hmat is None else "no HMAT initiator list has it"
                )
                yield srat.at(
                    entry, "proximity_domain", f"{where} for domain {entry.proximity_domain}"
                )
