"""There are more proximity domains than Linux has nodes.

Checks:
    More different domains in enabled entries than the kernel was built for (1,024 in
    distributions). A warning above 64, the default on x86.

Why it matters:
    The whole table is lost.

What Linux does:
    "SRAT: Too many proximity domains.", "SRAT: SRAT not used."

How to fix:
    Use fewer domains, or a kernel with a larger NODES_SHIFT.

References:
    Linux MAX_NUMNODES; FreeBSD prints "Too many memory domains".
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.settings import SMALL_NODES_SHIFT
from srat_tool.lint.srat_view import SratView


class TooManyDomains(SratRule):
    id = "SRAT402"
    severity = Severity.ERROR
    severities = {"spec": Severity.INFO}
    examples = (
        Example(
            "more than a small kernel takes",
            """\
[srat]
entries = '''
apic 0 0
mem 0..64 0+1G
'''
""",
            findings=("65 proximity domains; a kernel with NODES_SHIFT=6 has 64 nodes",),
        ),
        Example(
            "two",
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
        count, limit = len(srat.node_order), srat.settings.max_nodes
        small = 1 << SMALL_NODES_SHIFT
        if count > limit:
            yield srat.hit(f"{count} proximity domains, Linux has {limit} nodes")
        elif count > small:
            message = f"{count} proximity domains; a kernel with NODES_SHIFT=6 has {small} nodes"
            yield srat.hit(message, severity=Severity.WARNING)
