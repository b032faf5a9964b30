"""The memory of a domain is cut into many touching pieces.

Checks:
    More than 8 ranges of one domain and with the same flags follow each other without a gap.

Why it matters:
    Each piece takes a slot of a table of fixed size.

What Linux does:
    Linux merges them again after it has stored them all; there is room for twice as many pieces
    as nodes.

How to fix:
    Describe them as one range.

References:
    Linux NR_NODE_MEMBLKS.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class AdjacentFragmented(SratRule):
    id = "SRAT114"
    severity = Severity.INFO
    examples = (
        Example(
            "nine pieces of a GiB",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0G+1G
mem 0 1G+1G
mem 0 2G+1G
mem 0 3G+1G
mem 0 4G+1G
mem 0 5G+1G
mem 0 6G+1G
mem 0 7G+1G
mem 0 8G+1G
'''
""",
            findings=("entry 1 (memory, domain 0): the first of 9 touching pieces",),
        ),
        Example(
            "one range",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+16G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for run in srat.fragments:
            if len(run) > 8:
                yield srat.at(
                    run[0].entry, "base_address", f"the first of {len(run)} touching pieces"
                )
