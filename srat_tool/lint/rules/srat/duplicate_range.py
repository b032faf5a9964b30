"""The same memory range is listed twice.

Checks:
    Two enabled memory entries with equal base, length and domain.

Why it matters:
    One of them is superfluous, or was meant to be another range.

What Linux does:
    As for any overlap within a domain: a warning, and they are merged. FreeBSD refuses the
    table.

How to fix:
    Remove one of them.

References:
    Linux numa_cleanup_meminfo; FreeBSD acpi_pxm.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class DuplicateRange(SratRule):
    id = "SRAT103"
    severity = Severity.WARNING
    examples = (
        Example(
            "a line that was copied",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 0+4G
'''
""",
            findings=(
                (
                    "entry 2 (memory, domain 0): [mem 0x00000000-0xffffffff] is the same as entry "
                    "1 (memory, domain 0)"
                ),
            ),
        ),
        Example(
            "two different ranges",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for first, second in srat.overlaps:
            if first.domain == second.domain and first.span == second.span:
                message = f"{second.text} is the same as {srat.name(first.entry)}"
                yield srat.at(second.entry, "base_address", message)
