"""A domain has more processors than it can have.

Checks:
    More enabled processor entries of a domain in the SRAT than the MSCT's capacity for it.

Why it matters:
    The capacity must hold all of them.

What Linux does:
    Linux does not read the MSCT and uses the SRAT as it is.

How to fix:
    Raise the capacity.

References:
    ACPI 6.5, 5.2.19.1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.rule import Example, MachineRule


class CpuCapacityBelowSrat(MachineRule):
    id = "MSCT008"
    severity = Severity.ERROR
    examples = (
        Example(
            "four processors, room for two",
            """\
[srat]
entries = '''
apic 0 0..3
mem 0 0+4G
'''
[msct]
entries = '''
domains 0 0 2 16G
'''
""",
            findings=("entry 0 (domains): domain 0 has 4 processors, the capacity is 2",),
        ),
        Example(
            "room for four",
            """\
[srat]
entries = '''
apic 0 0..3
mem 0 0+4G
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
            capacities = msct.covering(sorted(srat.domains))
            counts = Counter(cpu.domain for cpu in srat.cpus)
            for domain, count in sorted(counts.items()):
                entry = capacities.get(domain)
                if entry and count > entry.maximum_processors:
                    message = f"domain {domain} has {count} processors"
                    most = entry.maximum_processors
                    message = f"{message}, the capacity is {most}"
                    hit = msct.at(entry, "maximum_processors", message)
                    yield hit._replace(alike=entry.offset)
