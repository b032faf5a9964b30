"""A memory side cache belongs to no memory.

Checks:
    A structure of type 2 names a domain that no enabled memory entry of the SRAT has.

Why it matters:
    The cache belongs to nothing.

What Linux does:
    Linux ignores it silently.

How to fix:
    Correct the domain.

References:
    Linux find_mem_target.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class CacheDomainNotMemory(MachineRule):
    id = "HMAT024"
    severity = Severity.WARNING
    needs = ("SRAT",)
    yields_to = ("HMAT007",)
    examples = (
        Example(
            "a domain of processors",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
apic 1 1
'''
[hmat]
entries = '''
cache 1 1G cache_attributes=0x400111
'''
""",
            findings=(
                "entry 0 (memory side cache): no enabled memory entry of the SRAT is in domain 1",
            ),
        ),
        Example(
            "a domain of memory",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[hmat]
entries = '''
cache 0 1G cache_attributes=0x400111
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for hmat in machine.every(HmatView):
            for entry in hmat.caches:
                if entry.memory_domain not in srat.stated_memory_domains:
                    message = (
                        f"no enabled memory entry of the SRAT is in domain {entry.memory_domain}"
                    )
                    about = f"domain {entry.memory_domain}"
                    yield hmat.at(entry, "memory_domain", message)._replace(about=about)
