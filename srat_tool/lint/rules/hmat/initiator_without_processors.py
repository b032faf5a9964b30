"""An initiator has no processors and is not a device.

Checks:
    A domain of a list of initiators, or the initiator of memory attributes, that the SRAT
    knows, but neither by a processor nor by a generic initiator.

Why it matters:
    Memory does not access memory: the numbers are about nothing, or initiators and targets are
    exchanged.

What Linux does:
    Linux compares initiators by their nodes' processors: one without any is never the best one.

How to fix:
    List the domains of processors and generic initiators as initiators.

References:
    ACPI 6.5, 5.2.28.3 and 5.2.28.4; Linux drivers/acpi/numa/hmat.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule

TEXT = "initiator domain {} has neither processors nor a generic initiator"


class InitiatorWithoutProcessors(MachineRule):
    id = "HMAT026"
    severity = Severity.WARNING
    topic = NUMBERS
    needs = ("SRAT",)
    examples = (
        Example(
            "a memory domain as initiator",
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
locality access-latency 0,1 0,1 10,20,20,10
'''
""",
            findings=(
                (
                    "entry 2 (latency and bandwidth): initiator domain 1 has neither "
                    "processors nor a generic initiator"
                ),
            ),
        ),
        Example(
            "the processors' domain",
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
locality access-latency 0 0,1 10,20
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None or not srat.is_complete:
            return
        idle = srat.domains - srat.cpu_domains - srat.initiator_domains
        for hmat in machine.every(HmatView):
            seen: set[int] = set()
            for entry in hmat.attributes:
                domain = entry.initiator_domain
                if entry.initiator_valid and domain in idle and domain not in seen:
                    seen.add(domain)
                    hit = hmat.at(entry, "initiator_domain", TEXT.format(domain))
                    yield hit._replace(about=f"domain {domain}")
            for matrix in hmat.localities:
                for domain in sorted(set(matrix.initiators) & idle - seen):
                    seen.add(domain)
                    hit = hmat.listed(matrix, "initiators", domain, TEXT.format(domain))
                    yield hit._replace(about=f"domain {domain}")
