"""The memory entries are not in ascending order.

Checks:
    An enabled memory entry is below the one before it.

Why it matters:
    The table is hard to read, and node numbers follow the order of entries.

What Linux does:
    Linux sorts the ranges later; the numbers of nodes without processors come from the order in
    the table.

How to fix:
    Sort the entries by base address.

References:
    One real Arm server does this.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class UnsortedRanges(SratRule):
    id = "SRAT116"
    severity = Severity.INFO
    examples = (
        Example(
            "high memory first",
            """\
[srat]
entries = '''
apic 0 0
mem 0 4G+4G
mem 0 0+3G
'''
""",
            findings=("entry 2 (memory, domain 0): base 0x0 is below 0x100000000",),
        ),
        Example(
            "ascending",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+3G
mem 0 4G+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        before = -1
        for entry in srat.memory:
            if entry.range_length and entry.base_address < before:
                yield srat.at(
                    entry, "base_address", f"base {entry.base_address:#x} is below {before:#x}"
                )
                return
            before = entry.base_address if entry.range_length else before
