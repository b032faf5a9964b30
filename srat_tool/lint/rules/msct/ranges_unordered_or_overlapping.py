"""The ranges of domains are not in order.

Checks:
    A structure whose last domain is below its first, or whose first is not above the last of
    the one before it. Structures of zeros after a range that begins at 0 are room that was not
    used.

Why it matters:
    The specification asks for ascending ranges.

What Linux does:
    Linux does not read the MSCT.

How to fix:
    Sort the structures and separate the ranges.

References:
    ACPI 6.5, 5.2.19.1; X99 boards carry unused copies.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.rule import Example, MsctRule


class RangesUnorderedOrOverlapping(MsctRule):
    id = "MSCT005"
    severity = Severity.WARNING
    examples = (
        Example(
            "two structures for one domain",
            """\
[msct]
entries = '''
domains 0 1 4 4G
domains 1 2 4 4G
'''
""",
            findings=("entry 1 (domains): the range begins at 1, not above 1",),
        ),
        Example(
            "ascending",
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
        before = -1
        for entry in msct.structures:
            if entry.last_domain < entry.first_domain:
                message = f"the range ends at {entry.last_domain}, below {entry.first_domain}"
                yield msct.at(entry, "last_domain", message)
            elif entry.first_domain <= before and not msct.is_unused(entry):
                message = f"the range begins at {entry.first_domain}, not above {before}"
                yield msct.at(entry, "first_domain", message)
            before = max(before, entry.last_domain)
