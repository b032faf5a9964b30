"""A memory domain is not in the SRAT.

Checks:
    A structure of type 0 names a memory domain (revision 2, or revision 1 with bit 1 set) that
    no enabled memory entry of the SRAT has.

Why it matters:
    The attributes belong to nothing.

What Linux does:
    The handler fails, and the entire HMAT is ignored.

How to fix:
    Add the SRAT entry, or correct the domain.

References:
    Linux hmat_parse_proximity_domain. fwts and iasl are silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class MemoryDomainNotInSrat(MachineRule):
    id = "HMAT007"
    severity = Severity.ERROR
    severities = {"spec": Severity.WARNING}
    needs = ("SRAT",)
    examples = (
        Example(
            "a domain that does not exist",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[hmat]
entries = '''
memory 7 0
'''
""",
            findings=(
                "entry 0 (memory attributes): no enabled memory entry of the SRAT is in domain 7",
            ),
        ),
        Example(
            "a domain with memory",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[hmat]
entries = '''
memory 0 0
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for hmat in machine.every(HmatView):
            for entry in hmat.attributes:
                if (
                    hmat.names_memory(entry)
                    and entry.memory_domain not in srat.stated_memory_domains
                ):
                    message = (
                        f"no enabled memory entry of the SRAT is in domain {entry.memory_domain}"
                    )
                    about = f"domain {entry.memory_domain}"
                    yield hmat.at(entry, "memory_domain", message)._replace(about=about)
