"""The properties of a cache contradict each other.

Checks:
    A size, number of sets, associativity or line size that is marked as valid and is 0; a line
    size that is not a power of two; a size that is not the product of the three others where all
    are valid and the sets divide it; a data or instruction cache larger than the cache of its next
    level.

Why it matters:
    No cache has such properties.

What Linux does:
    Linux shows the values in /sys/devices/system/cpu/cpu*/cache as they are, and on arm64 they
    replace those of the processor.

How to fix:
    Correct the value, or clear the bit that marks it as valid.

References:
    ACPI 6.5, 5.2.30.2; Linux drivers/acpi/pptt.c update_cache_properties.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import PpttView
from srat_tool.lint.rule import Example, PpttRule
from srat_tool.tables.pptt import Cache, CacheFlags

UNIFIED = 8
"""The bit of the attributes that both unified types have; the others are of the first level."""

FIELDS = (
    (CacheFlags.SIZE, "size", "size"),
    (CacheFlags.SETS, "sets", "number of sets"),
    (CacheFlags.ASSOCIATIVITY, "associativity", "associativity"),
    (CacheFlags.LINE_SIZE, "line_size", "line size"),
)


class CacheImplausible(PpttRule):
    id = "PPTT008"
    severity = Severity.WARNING
    examples = (
        Example(
            "no size",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=80
cache 0 0 flags=1
'''
""",
            findings=("entry 2 (cache): size is 0 and marked as valid",),
        ),
        Example(
            "lines of 48 bytes",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=80
cache 0 32K flags=0x40 line_size=48
'''
""",
            findings=("entry 2 (cache): line size is 48, no power of two",),
        ),
        Example(
            "twice as large as its lines",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=80
cache 0 64K flags=0x47 sets=64 associativity=8 line_size=64
'''
""",
            findings=(
                "entry 2 (cache): size is 65536, and 64 sets of 8 lines of 64 bytes are 32768",
            ),
        ),
        Example(
            "a first level larger than the second",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=80
cache 108 64M flags=0x11
cache 0 1M flags=0x11 attributes=8
'''
""",
            findings=(
                (
                    "entry 2 (cache): size is 67108864, and that of the next level, entry 3 "
                    "(cache), is 1048576"
                ),
            ),
        ),
        Example(
            "32 KiB in 64 sets",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=80
cache 0 32K flags=0x47 sets=64 associativity=8 line_size=64
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        for cache in pptt.caches:
            fields = [one for one in FIELDS if cache.flags & one[0]]
            empty = [one for one in fields if not getattr(cache, one[1])]
            for _, field, name in empty:
                yield pptt.at(cache, field, f"{name} is 0 and marked as valid")
            line = cache.line_size if cache.flags & CacheFlags.LINE_SIZE else 0
            if line & (line - 1) and line:
                yield pptt.at(cache, "line_size", f"line size is {line}, no power of two")
            elif len(fields) == len(FIELDS) and not empty:
                product = cache.sets * cache.associativity * line
                if product != cache.size:
                    lines = f"{cache.sets} sets of {cache.associativity} lines of {line} bytes"
                    message = f"size is {cache.size}, and {lines} are {product}"
                    yield pptt.at(cache, "size", message)
            yield from _against_next(pptt, cache)


def _against_next(pptt: PpttView, cache: Cache) -> Iterator[Hit]:
    """Yield a hit on a cache of the first level that is larger than that of the next level."""
    following = pptt.cache(cache.next_level)
    split = cache.flags & CacheFlags.TYPE and not cache.attributes & UNIFIED
    sized = following is not None and cache.flags & following.flags & CacheFlags.SIZE
    if following is not None and split and sized and cache.size > following.size > 0:
        what = f"size is {cache.size}, and that of the next level, {pptt.name(following)},"
        yield pptt.at(cache, "size", f"{what} is {following.size}")
