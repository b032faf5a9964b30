"""A memory entry is both non-volatile and hot-pluggable.

Checks:
    An enabled memory entry with flag bits 1 and 2.

Why it matters:
    Persistent memory is found through the NFIT, not added as RAM.

What Linux does:
    Linux treats the range like any other: it prints "hotplug non-volatile" and uses the
    memory map.

How to fix:
    Check which of the two was meant.

References:
    ACPI 6.5, 5.2.16.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class NonvolatileHotplug(SratRule):
    id = "SRAT112"
    severity = Severity.INFO
    examples = (
        Example(
            "both flags",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+4G hotplug nonvolatile
'''
""",
            findings=("entry 2 (memory, domain 0): both hot-pluggable and non-volatile",),
        ),
        Example(
            "one of them",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+4G nonvolatile
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for entry in srat.memory:
            if entry.flags & 6 == 6:
                yield srat.at(entry, "flags", "both hot-pluggable and non-volatile")
