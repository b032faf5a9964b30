"""The HMAT does not describe a generic initiator or port.

Checks:
    The domain of an enabled generic initiator is in no initiator list of an HMAT, or that of a
    generic port in no target list; or there is no HMAT.

Why it matters:
    The entry exists for the sake of such data.

What Linux does:
    The node exists, without performance attributes.

How to fix:
    List the domain of an initiator among the initiators of the HMAT, that of a port among the
    targets.

References:
    ACPI 6.5, 5.2.16.6 and 5.2.27.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class InitiatorPxmWithoutHmat(MachineRule):
    id = "SRAT309"
    severity = Severity.INFO
    needs = ("HMAT",)
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
            "a port among the targets",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
port 1 acpi:ACPI0016:64
'''
[hmat]
entries = '''
memory 0 0
locality access-latency 0 0,1 10,50
'''
""",
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

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        hmat = machine.hmat
        for entry in srat.devices:
            # A port is reached like memory: Linux looks for it among the targets.
            word, field = ("target", "targets") if entry.type == 6 else ("initiator", "initiators")
            if hmat is None:
                what = "there is no HMAT"
            elif any(entry.proximity_domain in getattr(m, field) for m in hmat.localities):
                continue
            else:
                what = f"no HMAT {word} list has it"
            message = f"{what} for domain {entry.proximity_domain}"
            yield srat.at(entry, "proximity_domain", message)
