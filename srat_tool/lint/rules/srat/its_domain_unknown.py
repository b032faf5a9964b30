"""An interrupt translation service is in a domain that nothing else has.

Checks:
    An ITS structure whose proximity domain no enabled structure of another type has.

Why it matters:
    The ITS structure alone does not make a node.

What Linux does:
    Linux creates no node for it, prints "SRAT: Invalid NUMA node -1 in ITS affinity", and
    places the tables of the ITS anywhere.

How to fix:
    Write the domain of the processors or the memory that are near.

References:
    ACPI 6.5, 5.2.16.5; Linux drivers/irqchip/irq-gic-v3-its.c gic_acpi_parse_srat_its (since
    5.10).
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class ItsDomainUnknown(SratRule):
    id = "SRAT313"
    severity = Severity.WARNING
    examples = (
        Example(
            "domain 7",
            """\
[srat]
entries = '''
gicc 0 0
mem 0 0+4G
its 7 0
'''
""",
            findings=("entry 2 (ITS, domain 7): no other structure is in domain 7",),
        ),
        Example(
            "the domain of the processors",
            """\
[srat]
entries = '''
gicc 0 0
mem 0 0+4G
its 0 0
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for entry in srat.all_of(4):
            domain = entry.proximity_domain
            if domain not in srat.node_domains:
                message = f"no other structure is in domain {domain}"
                hit = srat.at(entry, "proximity_domain", message)
                yield hit._replace(about=f"domain {domain}")
