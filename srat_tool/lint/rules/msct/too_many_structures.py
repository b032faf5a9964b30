"""There are more structures than domains.

Checks:
    More structures than the maximum number of domains.

Why it matters:
    Some must overlap.

What Linux does:
    Linux does not read the MSCT.

How to fix:
    Remove the excess, or raise the maximum.

References:
    ACPI 6.5, 5.2.19; fwts label MSCTBadProimityDomains.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.rule import Example, MsctRule


class TooManyStructures(MsctRule):
    id = "MSCT003"
    severity = Severity.WARNING
    examples = (
        Example(
            "two structures for one domain",
            """\
[msct]
maximum_domains_minus_one = 0
entries = '''
domains 0 0 4 4G
domains 1 1 4 4G
'''
""",
            findings=("2 structures for at most 1 domains",),
        ),
        Example(
            "one each",
            """\
[msct]
entries = '''
domains 0 0 4 4G
domains 1 1 4 4G
'''
""",
        ),
    )

    def check(self, msct: MsctView) -> Iterator[Hit]:
        count, most = len(msct.structures), msct.msct.maximum_domains_minus_one + 1
        if count > most:
            message = f"{count} structures for at most {most} domains"
            yield msct.fixed("maximum_domains_minus_one", message)
