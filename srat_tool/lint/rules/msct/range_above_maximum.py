"""A structure is about domains above the maximum.

Checks:
    A range of domains that ends above the Maximum Number of Proximity Domains.

Why it matters:
    The maximum or the range is wrong.

What Linux does:
    Linux does not read the MSCT. Illumos takes the number of nodes from the maximum.

How to fix:
    Correct the range, or raise the maximum.

References:
    ACPI 6.5, 5.2.19.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.rule import Example, MsctRule


class RangeAboveMaximum(MsctRule):
    id = "MSCT013"
    severity = Severity.WARNING
    yields_to = ("MSCT006",)
    examples = (
        Example(
            "domain 3 of 0 to 1",
            """\
[msct]
maximum_domains_minus_one = 1
entries = '''
domains 0 3 4 4G
'''
""",
            findings=("entry 0 (domains): the range ends at 3, above the maximum, 1",),
        ),
        Example(
            "domain 1 of 0 to 1",
            """\
[msct]
entries = '''
domains 0 1 4 4G
'''
""",
        ),
    )

    def check(self, msct: MsctView) -> Iterator[Hit]:
        most = msct.msct.maximum_domains_minus_one
        for entry in msct.structures:
            if entry.last_domain > most:
                message = f"the range ends at {entry.last_domain}, above the maximum, {most}"
                hit = msct.at(entry, "last_domain", message)
                yield hit._replace(about=f"domain {entry.last_domain}")
