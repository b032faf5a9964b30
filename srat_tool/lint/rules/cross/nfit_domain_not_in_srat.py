"""The NFIT names a domain that the SRAT does not have.

Checks:
    An address range of the NFIT with a valid proximity domain that no enabled entry of the SRAT
    names.

Why it matters:
    The domain has no processors, no memory and no distances.

What Linux does:
    Linux finds no node for the domain, and takes that of the address instead.

How to fix:
    Add the domain to the SRAT, or use one of its domains.

References:
    ACPI 6.5, 5.2.25.2; Linux drivers/acpi/nfit/core.c acpi_nfit_register_region.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class NfitDomainNotInSrat(MachineRule):
    id = "XNFT002"
    severity = Severity.INFO
    needs = ("SRAT",)
    examples = (
        Example(
            "domain 7",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G nonvolatile
'''
[nfit]
entries = '''
range 7 base_address=16G range_length=4G flags=2 length=56
'''
""",
            findings=("entry 0 (address range): domain 7 is not in the SRAT",),
        ),
        Example(
            "a domain of the SRAT",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G nonvolatile
'''
[nfit]
entries = '''
range 1 base_address=4G range_length=4G flags=2 length=56
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, nfit = machine.srat, machine.nfit
        if srat is None or nfit is None:
            return
        for entry in nfit.ranges:
            if entry.domain is not None and entry.domain not in srat.domains:
                message = f"domain {entry.domain} is not in the SRAT"
                yield nfit.at(entry, "proximity_domain", message)
