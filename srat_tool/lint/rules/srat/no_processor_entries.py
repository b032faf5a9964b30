"""No enabled entry declares processors.

Checks:
    The table has no enabled processor entry (types 0, 2, 3, 7).

Why it matters:
    Memory gets its node, processors do not.

What Linux does:
    Linux hands the processors out to the nodes in turn.

How to fix:
    Describe the processors.

References:
    Linux numa_init_array.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class NoProcessorEntries(SratRule):
    id = "SRAT014"
    severity = Severity.WARNING
    examples = (
        Example(
            "memory alone",
            """\
[srat]
entries = '''
mem 0 0+4G
'''
""",
            findings=("no processor entry is enabled",),
        ),
        Example(
            "processors are described",
            """\
[srat]
entries = '''
apic 0 0..3
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        if not srat.cpus and srat.is_complete:
            yield srat.hit("no processor entry is enabled")
