"""The memory at address 0 is not on the first node.

Checks:
    The range that holds address 0 belongs to another domain than the one that becomes node 0.

Why it matters:
    Memory for old devices is on an unexpected node.

What Linux does:
    ZONE_DMA is on another node than node 0; the node of address 0 always holds kernel data and
    is never removable.

How to fix:
    List the entries of that domain first.

References:
    Linux acpi_map_pxm_to_node.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class FirstNodeNotPxm0(SratRule):
    id = "SRAT409"
    severity = Severity.WARNING
    examples = (
        Example(
            "the other socket comes first",
            """\
[srat]
entries = '''
apic 1 1
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
""",
            findings=("entry 2 (memory, domain 0): address 0 is in domain 0, node 0 is domain 1",),
        ),
        Example(
            "the first socket comes first",
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
        first = next((item for item in srat.ranges if item.start == 0), None)
        if first and first.domain != srat.node_order[0]:
            message = (
                f"address 0 is in domain {first.domain}, node 0 is domain {srat.node_order[0]}"
            )
            hit = srat.at(first.entry, "proximity_domain", message)
            # Where the first node has no memory at all, its DIMMs are elsewhere.
            bare = srat.node_order[0] not in srat.memory_domains
            yield hit._replace(severity=Severity.INFO) if bare else hit
