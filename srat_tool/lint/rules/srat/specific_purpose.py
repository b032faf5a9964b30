"""A memory entry is marked as specific purpose.

Checks:
    An enabled memory entry with flag bit 3.

Why it matters:
    The flag is new in ACPI 6.6; older tools call it an error or lose it.

What Linux does:
    Linux ignores the flag in the SRAT; it uses the memory map's attribute.

How to fix:
    Nothing needs to be done; do not edit such a table with iasl, which clears the bit.

References:
    ACPI 6.6, 5.2.16.2; fwts up to 26.01 reports it as an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class SpecificPurpose(SratRule):
    id = "SRAT110"
    severity = Severity.INFO
    examples = (
        Example(
            "memory for an accelerator",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G special
'''
""",
            findings=("entry 2 (memory, domain 1): marked as specific purpose",),
        ),
        Example(
            "ordinary memory",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for entry in srat.memory:
            if entry.flags & 8:
                yield srat.at(entry, "flags", "marked as specific purpose")
