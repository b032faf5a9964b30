"""The memory side caches of a domain do not make up its levels.

Checks:
    Memory side caches of one domain that state different totals of levels; two of one level; and a
    level up to the total that no structure describes.

Why it matters:
    Each level has a separate structure, and all of them state the same total.

What Linux does:
    Linux reports each structure as a cache of the node; of two of one level it creates the second
    one with an error.

How to fix:
    List each level once, and the number of levels in each structure.

References:
    ACPI 6.5, 5.2.28.5; Linux drivers/base/node.c node_add_cache.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.rule import Example, HmatRule
from srat_tool.tables.hmat import MemorySideCache

MAX_LEVEL = 3


class CacheLevelsIncomplete(HmatRule):
    id = "HMAT036"
    severity = Severity.WARNING
    yields_to = ("HMAT013", "HMAT014")
    examples = (
        Example(
            "level 1 twice",
            """\
[hmat]
entries = '''
cache 0 1G cache_attributes=0x401111
cache 0 2G cache_attributes=0x401111
'''
""",
            findings=("entry 1 (memory side cache): level 1 of domain 0 again, first in entry 0",),
        ),
        Example(
            "one level",
            """\
[hmat]
entries = '''
cache 0 1G
cache 1 2G
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        domains: dict[int, dict[int, MemorySideCache]] = {}
        for entry in hmat.caches:
            domain = entry.memory_domain
            levels = domains.setdefault(domain, {})
            other = next(iter(levels.values()), entry)
            first = levels.setdefault(entry.level, entry)
            if first is not entry:
                message = f"level {entry.level} of domain {domain} again"
                message = f"{message}, first in entry {hmat.number(first)}"
                yield hmat.at(entry, "cache_attributes", message)
            elif other.total_levels != entry.total_levels:
                message = f"{entry.total_levels} levels, and entry {hmat.number(other)} states"
                yield hmat.at(entry, "cache_attributes", f"{message} {other.total_levels}")
        if not hmat.could_be_read:
            return
        for domain, levels in domains.items():
            any_of = next(iter(levels.values()))
            wanted = range(1, min(any_of.total_levels, MAX_LEVEL) + 1)
            missing = [str(level) for level in wanted if level not in levels]
            if missing and all(one.level for one in levels.values()):
                message = f"no structure is about level {', '.join(missing)} of domain {domain}"
                yield hmat.at(any_of, "cache_attributes", message)
