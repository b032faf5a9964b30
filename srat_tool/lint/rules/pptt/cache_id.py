"""A cache id does not name one cache.

Checks:
    A cache id that is marked as valid and is 0, that another cache has, or that the structure
    or the revision has no room for.

Why it matters:
    The id names one cache of the machine, for resource control.

What Linux does:
    Linux uses the id in /sys/devices/system/cpu/cpu*/cache/index*/id; two caches with one id
    are one to resctrl.

How to fix:
    Give each cache its own id above 0, in structures of 28 bytes and revision 3.

References:
    ACPI 6.5, 5.2.30.2; Linux drivers/acpi/pptt.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import PpttView
from srat_tool.lint.rule import Example, PpttRule
from srat_tool.tables.pptt import Cache, CacheFlags

FIRST_WITH_IDS = 3


class CacheId(PpttRule):
    id = "PPTT009"
    severity = Severity.WARNING
    examples = (
        Example(
            "id 0",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=80
cache 0 32K flags=0x81 cache_id=0
'''
""",
            findings=("entry 2 (cache): the id is 0 and marked as valid",),
        ),
        Example(
            "one id for two caches",
            """\
[pptt]
entries = '''
node 0 0 package resources=84
node 36 0 valid-id leaf resources=112
cache 0 32K flags=0x81 cache_id=5
cache 0 32K flags=0x81 cache_id=5
'''
""",
            findings=("entry 3 (cache): id 5 is that of entry 2 too",),
        ),
        Example(
            "each its own",
            """\
[pptt]
entries = '''
node 0 0 package resources=84
node 36 0 valid-id leaf resources=112
cache 0 32K flags=0x81 cache_id=5
cache 0 32K flags=0x81 cache_id=6
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        seen: dict[int, Cache] = {}
        for cache in pptt.caches:
            if not cache.flags & CacheFlags.CACHE_ID:
                continue
            if cache.cache_id is None or pptt.header.revision < FIRST_WITH_IDS:
                revision = pptt.header.revision
                message = f"an id is marked as valid in {cache.length} bytes of revision {revision}"
                yield pptt.at(cache, "flags", message)
            elif not cache.cache_id:
                yield pptt.at(cache, "cache_id", "the id is 0 and marked as valid")
            else:
                first = seen.setdefault(cache.cache_id, cache)
                if first is not cache:
                    message = f"id {cache.cache_id} is that of entry {pptt.number(first)} too"
                    yield pptt.at(cache, "cache_id", message)
