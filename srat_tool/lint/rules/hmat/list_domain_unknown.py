"""A matrix has rows or columns for domains that do not exist.

Checks:
    An initiator or target list names a domain that no enabled SRAT entry has.

Why it matters:
    The numbers belong to nothing.

What Linux does:
    Linux ignores them.

How to fix:
    Correct the list, or add the SRAT entry.

References:
    Linux hmat_parse_locality.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class ListDomainUnknown(MachineRule):
    id = "HMAT018"
    severity = Severity.WARNING
    topic = NUMBERS
    needs = ("SRAT",)
    yields_to = ("HMAT007", "HMAT008")
    examples = (
        Example(
            "a domain too many",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[hmat]
entries = '''
locality access-latency 0 0,5 10,20 entry_base_unit=1000
'''
""",
            findings=("entry 0 (latency and bandwidth): target domain 5 is not in the SRAT",),
        ),
        Example(
            "domains that exist",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[hmat]
entries = '''
locality access-latency 0 0 10 entry_base_unit=1000
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for hmat in machine.every(HmatView):
            told: set[str] = set()
            for entry in hmat.localities:
                for kind, field in (("initiator", "initiators"), ("target", "targets")):
                    for domain in sorted(set(getattr(entry, field)) - srat.domains):
                        message = f"{kind} domain {domain} is not in the SRAT"
                        if message in told:
                            continue
                        told.add(message)
                        hit = hmat.listed(entry, field, domain, message)
                        yield hit._replace(about=f"domain {domain}")
