"""A disabled memory entry is marked as hot-pluggable.

Checks:
    Flag bit 1 without bit 0.

Why it matters:
    The mark has a meaning only in an enabled entry.

What Linux does:
    The entry is ignored; no memory is movable because of it.

How to fix:
    Set both flags, or clear both.

References:
    ACPI 6.5, 5.2.16.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class HotplugWithoutEnabled(SratRule):
    id = "SRAT111"
    severity = Severity.INFO
    examples = (
        Example(
            "the Enabled flag was forgotten",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+4G flags=2
'''
""",
            findings=("entry 2 (memory, domain 0): hot-pluggable, but not enabled",),
        ),
        Example(
            "an enabled window",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+4G hotplug
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for entry in srat.all_of(1):
            if entry.flags & 3 == 2:
                yield srat.at(entry, "flags", "hot-pluggable, but not enabled")
