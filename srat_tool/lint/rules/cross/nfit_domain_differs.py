"""The NFIT and the SRAT put one range into different domains.

Checks:
    An address range of the NFIT with a valid proximity domain, of whose addresses the SRAT
    gives a part to another domain.

Why it matters:
    Persistent memory appears on another node than its memory controller.

What Linux does:
    Linux believes the NFIT where its domain has a node (acpi_nfit_register_region), and takes
    the node of the address otherwise; memory that is made of the range follows.

How to fix:
    Use one domain in both tables.

References:
    ACPI 6.5, 5.2.25.2; Linux drivers/acpi/nfit/core.c acpi_nfit_register_region.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class NfitDomainDiffers(MachineRule):
    id = "XNFT001"
    severity = Severity.WARNING
    needs = ("SRAT",)
    examples = (
        Example(
            "domain 0 and domain 1",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G nonvolatile
'''
[nfit]
entries = '''
range 0 base_address=4G range_length=4G flags=2 length=56
'''
""",
            findings=(
                (
                    "entry 0 (address range): [mem 0x100000000-0x1ffffffff] is in domain 0 "
                    "here, and in domain 1 of the SRAT"
                ),
            ),
        ),
        Example(
            "one domain",
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
        Example(
            "no valid domain",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G nonvolatile
'''
[nfit]
entries = '''
range 0 base_address=4G range_length=4G length=56
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        for nfit, entry, share in machine.persistent_shares:
            others = [domain for domain in share.domains if domain != entry.domain]
            if entry.domain is None or entry.domain in share.domains:
                continue
            if others and not machine.is_in_domain(nfit.span(entry), entry.domain):
                what = f"{mem_range(nfit.span(entry))} is in domain {entry.domain} here"
                message = f"{what}, and in domain {others[0]} of the SRAT"
                yield nfit.at(entry, "proximity_domain", message)
