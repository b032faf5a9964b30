"""Some domain has no structure.

Checks:
    A domain from 0 to the maximum that no structure's range covers, in a table of which every
    structure can be read.

Why it matters:
    The table must declare for every proximity domain how far it can grow.

What Linux does:
    Linux does not read the MSCT.

How to fix:
    Extend a range, or lower the maximum.

References:
    ACPI 6.5, 5.2.19.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span, subtract
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.rule import Example, MsctRule


class DomainsNotCovered(MsctRule):
    id = "MSCT004"
    severity = Severity.ERROR
    follows = ("MSCT005",)
    examples = (
        Example(
            "a gap",
            """\
[msct]
entries = '''
domains 0 0 4 4G
domains 2 2 4 4G
'''
""",
            findings=("no structure covers domain 1",),
        ),
        Example(
            "no gap",
            """\
[msct]
entries = '''
domains 0 1 4 4G
domains 2 2 4 4G
'''
""",
        ),
    )

    def check(self, msct: MsctView) -> Iterator[Hit]:
        if msct.is_misread:
            return
        wanted = Span(0, msct.msct.maximum_domains_minus_one + 1)
        ranges = [Span(entry.first_domain, entry.last_domain + 1) for entry in msct.structures]
        for gap in subtract([wanted], ranges):
            names = f"{gap.start}" if gap.size == 1 else f"{gap.start} to {gap.end - 1}"
            message = f"no structure covers domain {names}"
            after = [one for one in msct.structures if one.first_domain == gap.end]
            before = [one for one in msct.structures if one.last_domain == gap.start - 1]
            if after:
                yield msct.at(after[0], "first_domain", message)._replace(entry=None)
            elif before:
                yield msct.at(before[0], "last_domain", message)._replace(entry=None)
            else:
                yield msct.fixed("maximum_domains_minus_one", message)
