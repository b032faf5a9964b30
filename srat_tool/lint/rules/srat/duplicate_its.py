"""An interrupt translation service is listed twice.

Checks:
    Two ITS entries with the same id.

Why it matters:
    It is in one place.

What Linux does:
    The last entry wins.

How to fix:
    Remove one of them.

References:
    ACPI 6.5, 5.2.16.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class DuplicateIts(SratRule):
    id = "SRAT311"
    severity = Severity.WARNING
    examples = (
        Example(
            "id 0 twice",
            """\
[srat]
entries = '''
gicc 0 0
its 0 0
its 1 0
mem 0 0+4G
'''
""",
            findings=("entry 2 (ITS, domain 1): ITS id 0 is listed by entry 1 too",),
        ),
        Example(
            "two ids",
            """\
[srat]
entries = '''
gicc 0 0
its 0 0..1
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        seen: dict[int, int] = {}
        for entry in srat.its:
            if entry.its_id in seen:
                message = f"ITS id {entry.its_id} is listed by entry {seen[entry.its_id]} too"
                yield srat.at(entry, "its_id", message)
            seen.setdefault(entry.its_id, srat.number(entry))
