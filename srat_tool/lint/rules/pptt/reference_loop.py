"""References go in a circle.

Checks:
    A processor node that is among its own parents, or a cache that is among its own next
    levels.

Why it matters:
    A program that follows the references never reaches an end.

What Linux does:
    Linux climbs until it meets a package or no parent: a circle without a package hangs the
    boot. A circle of caches makes it count levels until it gives up.

How to fix:
    Let each chain end in a structure whose reference is 0.

References:
    ACPI 6.5, 5.2.30; Linux drivers/acpi/pptt.c acpi_count_levels, acpi_find_cache_level.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.words import plural
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import PpttView
from srat_tool.lint.rule import Example, PpttRule


class ReferenceLoop(PpttRule):
    id = "PPTT004"
    severity = Severity.ERROR
    examples = (
        Example(
            "two nodes as parents of each other",
            """\
[pptt]
entries = '''
node 56 0
node 36 0 valid-id leaf
'''
""",
            findings=("entry 0 (processor node): its parents lead back to it, over 2 nodes",),
        ),
        Example(
            "a cache that is its own next level",
            """\
[pptt]
entries = '''
node 0 0 package resources=60
cache 60 32K
'''
""",
            findings=("entry 1 (cache): its next levels lead back to it, over 1 cache",),
        ),
        Example(
            "chains that end",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=80
cache 108 32K
cache 0 1M
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        for circle, word in pptt.circles:
            first = min(circle, key=lambda entry: entry.offset)
            what, field = ("parents", "parent") if word == "node" else ("next levels", "next_level")
            message = f"its {what} lead back to it, over {plural(len(circle), word)}"
            yield pptt.at(first, field, message)
