"""A domain has more memory than it can have.

Checks:
    More enabled bytes of a domain in the SRAT than the MSCT's capacity for it; 0 states
    that the domain never has memory.

Why it matters:
    The capacity is understated.

What Linux does:
    Linux does not read the MSCT and uses the SRAT as it is.

How to fix:
    Raise the capacity.

References:
    ACPI 6.5, 5.2.19.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.rule import Example, MachineRule


class MemoryCapacityBelowSrat(MachineRule):
    id = "MSCT009"
    severity = Severity.WARNING
    examples = (
        Example(
            "eight gigabytes, room for four",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+8G
'''
[msct]
entries = '''
domains 0 0 4 4G
'''
""",
            findings=("entry 0 (domains): domain 0 has 8G of memory, the capacity is 4G",),
        ),
        Example(
            "room for sixteen",
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
            capacities = msct.covering(sorted(srat.domains))
            for domain, size in srat.memory_by_domain.items():
                entry = capacities.get(domain)
                if entry and entry.maximum_memory < size:
                    message = f"domain {domain} has {format_size(size)} of memory"
                    most = format_size(entry.maximum_memory)
                    hit = msct.at(entry, "maximum_memory", f"{message}, the capacity is {most}")
                    yield hit._replace(alike=entry.offset)
