"""A disabled memory entry describes a range.

Checks:
    A memory entry without the Enabled flag whose length, or length and base, are not 0.

Why it matters:
    Perhaps the flag was forgotten.

What Linux does:
    Linux ignores the entry, but the boot code that places the kernel at random does not look at
    the flag: it takes a disabled range that is not hot-pluggable as a place for the kernel.

How to fix:
    Enable the entry, or clear its range.

References:
    ACPI 6.5, 5.2.16.2; observed with Linux 6.12.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span
from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class DisabledEntryWithContent(SratRule):
    id = "SRAT018"
    severity = Severity.INFO
    examples = (
        Example(
            "a range that is switched off",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+1G off
'''
""",
            findings=(
                (
                    "entry 2 (memory, domain 0): disabled, yet it describes [mem "
                    "0x100000000-0x13fffffff]"
                ),
            ),
        ),
        Example(
            "an empty slot",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 0+0 off
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for entry in srat.all_of(1):
            if not entry.flags & 1 and entry.range_length:
                text = mem_range(Span(entry.base_address, entry.base_address + entry.range_length))
                yield srat.at(entry, "flags", f"disabled, yet it describes {text}")
