"""The SRAT has a clock domain above the maximum.

Checks:
    An enabled processor entry names a clock domain above the highest one that the MSCT allows.

Why it matters:
    The MSCT must cover every clock domain.

What Linux does:
    Linux reads neither.

How to fix:
    Raise the maximum; the field holds the number less one.

References:
    ACPI 6.5, 5.2.19.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.rule import Example, MachineRule


class ClockDomainBelowSrat(MachineRule):
    id = "MSCT010"
    severity = Severity.WARNING
    examples = (
        Example(
            "clock domain 3",
            """\
[srat]
entries = '''
apic 0 0 clock_domain=3
mem 0 0+8G
'''
[msct]
entries = '''
domains 0 0 4 16G
'''
""",
            findings=("the SRAT has clock domain 3, the maximum is 0",),
        ),
        Example(
            "clock domain 0",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+8G
'''
[msct]
entries = '''
domains 0 0 4 16G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for msct in machine.every(MsctView):
            most = msct.msct.maximum_clock_domains_minus_one
            highest = max((cpu.entry.clock_domain for cpu in srat.cpus), default=0)
            if highest > most:
                message = f"the SRAT has clock domain {highest}, the maximum is {most}"
                yield msct.fixed("maximum_clock_domains_minus_one", message)
