"""A cache line has an odd size.

Checks:
    The line size of a memory side cache that has levels is 0 or no power of two.

Why it matters:
    No cache is built that way.

What Linux does:
    Linux shows the value in sysfs.

How to fix:
    Write the line size in bytes.

References:
    ACPI 6.5, 5.2.28.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.rule import Example, HmatRule


class CacheLineNotPowerOfTwo(HmatRule):
    id = "HMAT015"
    severity = Severity.WARNING
    examples = (
        Example(
            "48 bytes",
            """\
[hmat]
entries = '''
cache 0 1G cache_attributes=0x300111
'''
""",
            findings=("entry 0 (memory side cache): the line size is 48, no power of two",),
        ),
        Example(
            "64 bytes",
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
            size = entry.line_size
            if entry.total_levels and (not size or size & (size - 1)):
                message = f"the line size is {size}, no power of two"
                yield hmat.at(entry, "cache_attributes", message)
