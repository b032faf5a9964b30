"""A domain has processors and no memory.

Checks:
    A domain of enabled processor entries that no enabled, non-empty memory entry names.

Why it matters:
    Either DIMMs are missing or the firmware forgot their ranges; programs that expect memory on
    every node stumble.

What Linux does:
    The node exists without memory; its processors allocate from other nodes.

How to fix:
    Check the DIMMs and the table.

References:
    numactl issues 127 and 165; a real four-node board with DIMMs on two of them looks like
    this.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.words import runs
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView

MAX_RUNS = 8


class CpuDomainWithoutMemory(SratRule):
    id = "SRAT405"
    severity = Severity.WARNING
    yields_to = ("HMAT007", "HMAT024")
    examples = (
        Example(
            "a socket without memory",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
'''
""",
            findings=("entry 1 (processor, domain 1): domain 1 has processors and no memory",),
        ),
        Example(
            "memory on both",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        bare = srat.cpu_domains - srat.memory_domains if srat.is_complete else ()
        domains = sorted(bare)
        if domains:
            cpu = srat.first_cpus[domains[0]]
            who = f"domain {domains[0]} has"
            if len(domains) > 1:
                who = f"domains {runs(domains, MAX_RUNS)} have"
            hit = srat.at(cpu.entry, cpu.field, f"{who} processors and no memory")
            yield hit._replace(about=f"domain {domains[0]}")
