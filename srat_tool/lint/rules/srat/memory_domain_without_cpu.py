"""A domain has memory and no processors.

Checks:
    A domain of enabled, non-empty memory entries that no enabled processor entry names.

Why it matters:
    It is what CXL and high bandwidth memory look like, and what a forgotten processor entry
    looks like.

What Linux does:
    Nothing is wrong for Linux. FreeBSD prints "No CPU found for memory domain N" and refuses the
    table, if there is RAM in the range.

How to fix:
    Nothing needs to be done.

References:
    FreeBSD acpi_pxm.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class MemoryDomainWithoutCpu(SratRule):
    id = "SRAT406"
    severity = Severity.INFO
    examples = (
        Example(
            "an expander",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
""",
            findings=("entry 2 (memory, domain 1): domain 1 has memory and no processors",),
        ),
        Example(
            "processors on both",
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
        for domain in sorted(srat.memory_domains - srat.cpu_domains) if srat.cpus else ():
            entry = srat.first_ranges[domain].entry
            message = f"domain {domain} has memory and no processors"
            yield srat.at(entry, "proximity_domain", message)._replace(values=(domain,))
