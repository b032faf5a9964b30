"""Linux numbers the nodes in another order than the domains.

Checks:
    The domains, in the order in which Linux meets them, are not ascending. It meets processors
    and initiators (types 0, 2, 3, 5, 7) in table order first, then memory.

Why it matters:
    Node N is not the Nth domain, and operating systems that sort disagree with Linux.

What Linux does:
    The domain met first becomes node 0, the next one node 1, and so on. FreeBSD sorts them.

How to fix:
    List the entries by ascending domain.

References:
    Linux acpi_map_pxm_to_node; FreeBSD renumber_domains; observed with Linux 5.10, 6.1, 6.12
    and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class NodeOrderSurprise(SratRule):
    id = "SRAT404"
    severity = Severity.WARNING
    severities = {"spec": Severity.INFO}
    follows = ("SRAT403",)
    yields_to = ("HMAT026",)
    examples = (
        Example(
            "the second socket is listed first",
            """\
[srat]
entries = '''
apic 1 1
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
""",
            findings=("node 0 is domain 1, node 1 is domain 0",),
        ),
        Example(
            "ascending",
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
        order = srat.node_order
        nodes = [f"node {nid} is domain {domain}" for nid, domain in enumerate(order)]
        if order != sorted(order):
            wrong = [text for text, a, b in zip(nodes, order, sorted(order), strict=True) if a != b]
            more = f" and {len(wrong) - 4} more" if len(wrong) > 4 else ""
            late = next(b for a, b in zip(order, sorted(order), strict=True) if a != b)
            yield srat.hit(", ".join(wrong[:4]) + more, about=f"domain {late}")
