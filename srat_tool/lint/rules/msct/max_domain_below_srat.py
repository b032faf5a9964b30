"""The SRAT has a domain above the maximum.

Checks:
    An enabled SRAT entry names a domain above the highest one that the MSCT allows.

Why it matters:
    The MSCT must cover every domain of the SRAT.

What Linux does:
    Linux does not read the MSCT and uses the SRAT as it is.

How to fix:
    Raise the maximum; the field holds the number less one.

References:
    ACPI 6.5, 5.2.19. fwts is silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.rule import Example, MachineRule


class MaxDomainBelowSrat(MachineRule):
    id = "MSCT006"
    severity = Severity.ERROR
    yields_to = ("SRAT401",)
    examples = (
        Example(
            "two domains, at most one",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
[msct]
entries = '''
domains 0 0 4 16G
'''
""",
            findings=("the SRAT has domain 1, the maximum is 0",),
        ),
        Example(
            "two domains",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
[msct]
entries = '''
domains 0 1 4 16G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for msct in machine.every(MsctView):
            most = msct.msct.maximum_domains_minus_one
            above = sorted(domain for domain in srat.domains if domain > most)
            if above:
                message = f"the SRAT has domain {above[-1]}, the maximum is {most}"
                hit = msct.fixed("maximum_domains_minus_one", message)
                yield hit._replace(about=f"domain {above[-1]}")
