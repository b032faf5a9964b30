"""A cache level is above the number of levels.

Checks:
    The level that a structure describes is larger than the total that it states, or
    is 0 of some levels.

Why it matters:
    One of the two is wrong.

What Linux does:
    Linux reports the level as it is.

How to fix:
    Correct level or total.

References:
    ACPI 6.5, 5.2.28.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.rule import Example, HmatRule


class CacheLevelAboveTotal(HmatRule):
    id = "HMAT014"
    severity = Severity.WARNING
    yields_to = ("HMAT013",)
    examples = (
        Example(
            "level 2 of 1",
            """\
[hmat]
entries = '''
cache 0 1G cache_attributes=0x400121
'''
""",
            findings=("entry 0 (memory side cache): level 2 of 1 levels",),
        ),
        Example(
            "level 1 of 1",
            """\
[hmat]
entries = '''
cache 0 1G cache_attributes=0x400111
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.caches:
            if entry.level > entry.total_levels or (entry.total_levels and not entry.level):
                message = f"level {entry.level} of {entry.total_levels} levels"
                yield hmat.at(entry, "cache_attributes", message)
