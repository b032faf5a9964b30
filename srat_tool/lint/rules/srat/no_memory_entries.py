"""No enabled entry declares memory.

Checks:
    The table has no enabled memory entry.

Why it matters:
    Without memory there are no nodes.

What Linux does:
    The parse fails and Linux creates one node for all memory: "No NUMA configuration found",
    "Faking a node".

How to fix:
    Describe the memory, or leave the table out.

References:
    Linux acpi_numa_init.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class NoMemoryEntries(SratRule):
    id = "SRAT013"
    severity = Severity.ERROR
    examples = (
        Example(
            "processors alone",
            """\
[srat]
entries = '''
apic 0 0..3
'''
""",
            findings=("no memory entry is enabled",),
        ),
        Example(
            "the only memory entry is disabled",
            """\
[srat]
entries = '''
apic 0 0..3
mem 0 0+4G off
'''
""",
            findings=("no memory entry is enabled",),
        ),
        Example(
            "memory is described",
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
        if not srat.memory and srat.is_complete:
            yield srat.hit("no memory entry is enabled")
