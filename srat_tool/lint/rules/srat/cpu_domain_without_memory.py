"""A domain has processors and no memory.

Checks:
    A domain of enabled processor entries that no enabled, non-empty memory entry names. A warning
    where a disabled memory entry with a size or an enabled one without names it, and where it, or
    memory without processors, is in a domain above the number of domains: then one of the
    numbers is wrong.

Why it matters:
    Sockets without DIMMs are sound. Otherwise the firmware forgot their ranges, or the two entries
    of a node name different domains.

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
    severity = Severity.INFO
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
            "a socket whose memory is in another domain",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 5 4G+4G
'''
""",
            findings=(
                (
                    "entry 1 (processor, domain 1): domain 1 has processors and no memory, and "
                    "domain 5 is above the number of domains"
                ),
            ),
        ),
        Example(
            "a socket whose entry is disabled",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G off
'''
""",
            findings=(
                (
                    "entry 1 (processor, domain 1): domain 1 has processors and no memory, and an "
                    "unused entry names domain 1"
                ),
            ),
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
            message = f"{who} processors and no memory"
            doubt = _doubt(srat, domains)
            hit = srat.at(cpu.entry, cpu.field, f"{message}, {doubt}" if doubt else message)
            severity = Severity.WARNING if doubt else None
            yield hit._replace(about=f"domain {domains[0]}", severity=severity)


def _doubt(srat: SratView, bare: list[int]) -> str:
    """Return what speaks for a mistake in the table; empty where the DIMMs may be elsewhere."""
    # A disabled entry of zeros is room for another one; it names no domain.
    told = [one for one in srat.all_of(1) if bool(one.range_length) != one.enabled]
    named = {srat.srat.proximity_domain(entry) for entry in told}
    lost = sorted(named.intersection(bare))
    if lost:
        return f"and an unused entry names domain {lost[0]}"
    alone = sorted(domain for domain in srat.plain_domains if domain > len(srat.domains) - 1)
    alone += [one for one in bare if one > len(srat.domains) - 1]
    return f"and domain {alone[0]} is above the number of domains" if alone else ""
