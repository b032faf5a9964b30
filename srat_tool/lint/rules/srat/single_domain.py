"""All entries are in one domain.

Checks:
    One domain in all enabled entries.

Why it matters:
    The table has no effect, except for hot-pluggable ranges.

What Linux does:
    One node, as without the table.

How to fix:
    Nothing needs to be done.

References:
    Practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class SingleDomain(SratRule):
    id = "SRAT407"
    severity = Severity.INFO
    examples = (
        Example(
            "one socket",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
""",
            findings=("every entry is in domain 0",),
        ),
        Example(
            "two sockets",
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
        if len(srat.domains) == 1:
            yield srat.hit(f"every entry is in domain {min(srat.domains)}")
