"""Two caches of a node have one level and one type.

Checks:
    A node that names the same private resource twice, or two data, two instruction or two
    unified caches of which neither is a next level of another cache of the node; and a next
    level of a data cache that is an instruction cache, or the reverse.

Why it matters:
    It is unknown which of the two the processor uses.

What Linux does:
    Linux prints "Found duplicate cache level/type unable to determine uniqueness" and uses the
    first.

How to fix:
    Name each cache once, and put the second one on the level where it belongs.

References:
    ACPI 6.5, 5.2.30.1 and 5.2.30.2; Linux drivers/acpi/pptt.c acpi_pptt_walk_cache.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import RESOURCES, PpttView
from srat_tool.lint.rule import Example, PpttRule
from srat_tool.tables.pptt import Cache, CacheFlags

KINDS = ("data", "instruction", "unified", "unified")


class CacheLevelAmbiguous(PpttRule):
    id = "PPTT010"
    severity = Severity.WARNING
    examples = (
        Example(
            "one cache twice",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=84,84
cache 0 32K flags=1
'''
""",
            findings=("entry 1 (processor node): resource 0x54 is named twice",),
        ),
        Example(
            "two data caches",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=84,108
cache 0 32K flags=0x11 length=24
cache 0 32K flags=0x11 length=24
'''
""",
            findings=("entry 1 (processor node): entries 2 and 3 are data caches of one level",),
        ),
        Example(
            "a data cache above an instruction cache",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=80
cache 108 32K flags=0x11
cache 0 32K flags=0x11 attributes=4
'''
""",
            findings=("entry 2 (cache): type data, and its next level is of type instruction",),
        ),
        Example(
            "data and instructions apart",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=84,112
cache 0 32K flags=0x11
cache 0 32K flags=0x11 attributes=4
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        for node in pptt.nodes:
            named = Counter(at for at in node.resources if at >= pptt.fixed_size)
            twice = next((at for at, count in named.items() if count > 1), None)
            if twice is not None:
                again = len(node.resources) - 1 - node.resources[::-1].index(twice)
                message = f"resource {twice:#x} is named twice"
                yield pptt.inside(node, RESOURCES + 4 * again, 4, message)
                continue
            known: dict[str, Cache] = {}
            for cache in pptt.first_level(node):
                kind = _kind(cache)
                first = known.setdefault(kind, cache) if kind else cache
                if first is not cache:
                    both = f"entries {pptt.number(first)} and {pptt.number(cache)}"
                    yield pptt.at(node, "resources", f"{both} are {kind} caches of one level")
                    break
        by_place = {cache.offset: cache for cache in pptt.caches}
        for cache in pptt.caches:
            following = by_place.get(cache.next_level)
            kinds = (_kind(cache), _kind(following) if following is not None else "")
            if set(kinds) == {"data", "instruction"}:
                message = f"type {kinds[0]}, and its next level is of type {kinds[1]}"
                yield pptt.at(cache, "next_level", message)


def _kind(cache: Cache) -> str:
    """Return what a cache stores, or nothing when its type is not valid."""
    if not cache.flags & CacheFlags.TYPE:
        return ""
    return KINDS[cache.cache_type]
