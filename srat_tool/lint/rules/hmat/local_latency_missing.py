"""The distance of processors to their own memory is not stated.

Checks:
    A domain that has both processors and memory and is an initiator of a latency matrix of
    memory, without a latency to itself.

Why it matters:
    Remote memory cannot be compared with local memory.

What Linux does:
    Linux 6.1 and later compute the abstract distance of slow memory from the performance of the
    fastest node, so memory tiers are wrong or missing.

How to fix:
    State the latency from each domain of processors to its own memory.

References:
    ACPI 6.5, 5.2.28.4; Linux drivers/acpi/numa/hmat.c, mm/memory-tiers.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class LocalLatencyMissing(MachineRule):
    id = "HMAT027"
    severity = Severity.WARNING
    topic = NUMBERS
    needs = ("HMAT",)
    follows = ("HMAT005",)
    examples = (
        Example(
            "0 to 0 is missing",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
[hmat]
entries = '''
memory 0 0
memory 1 0
locality access-latency 0 1 20 entry_base_unit=1000
'''
""",
            findings=("no latency is given from domain 0 to its own memory",),
        ),
        Example(
            "0 to 0 is there",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
[hmat]
entries = '''
memory 0 0
memory 1 0
locality access-latency 0 0,1 10,20 entry_base_unit=1000
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        local = srat.cpu_domains & srat.memory_domains
        for hmat in machine.every(HmatView):
            for domain in sorted(local.intersection(hmat.latencies)):
                if domain not in hmat.latencies[domain]:
                    message = f"no latency is given from domain {domain} to its own memory"
                    place = hmat.place_of("latency", domain, domain)
                    yield hmat.hit(message, *place, alike="local")
