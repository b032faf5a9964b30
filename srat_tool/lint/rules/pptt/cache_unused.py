"""No structure refers to a cache.

Checks:
    A cache that no processor node has as a resource and no cache as its next level. Judged only
    where every structure could be read and every reference leads to a structure of its kind.

Why it matters:
    The cache belongs to no processor: a reference to it was forgotten.

What Linux does:
    Linux finds caches from the processor's node upwards, so it never sees this one: the levels
    in /sys/devices/system/cpu/cpu*/cache are without it.

How to fix:
    Refer to the cache from its processor node or from the cache below it, or leave it out.

References:
    ACPI 6.5, 5.2.30.1 and 5.2.30.2; Linux drivers/acpi/pptt.c acpi_find_cache_level.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import PpttView
from srat_tool.lint.rule import Example, PpttRule


class CacheUnused(PpttRule):
    id = "PPTT012"
    severity = Severity.WARNING
    examples = (
        Example(
            "a cache that no node has",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf
cache 0 32K
'''
""",
            findings=("entry 2 (cache): no structure refers to it",),
        ),
        Example(
            "a cache of a processor",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=80
cache 0 32K
'''
""",
        ),
        Example(
            "a reference that leads nowhere is the one mistake",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=84
cache 0 32K
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        if not pptt.could_be_read:
            return
        references = list(pptt.references)
        if any(pptt.problem_of(one) for one in references):
            return
        used = {one.target for one in references}
        for cache in pptt.caches:
            if cache.offset not in used:
                yield pptt.at(cache, "type", "no structure refers to it")
