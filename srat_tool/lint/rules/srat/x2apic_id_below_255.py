"""x2APIC entries describe processors that a plain entry could.

Checks:
    Enabled entries of type 2 with an id below 255.

Why it matters:
    Some old operating systems understand type 0 only.

What Linux does:
    Linux reads both alike.

How to fix:
    Use type 0 for ids below 255 where old systems matter.

References:
    ACPI 6.5, 5.2.12.12.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class X2ApicIdBelow255(SratRule):
    id = "SRAT204"
    severity = Severity.INFO
    examples = (
        Example(
            "x2APIC throughout",
            """\
[srat]
entries = '''
x2apic 0 0..3
mem 0 0+4G
'''
""",
            findings=(
                "entry 0 (x2APIC, domain 0): x2APIC id 0x0 would fit type 0, one of 4 such ids",
            ),
        ),
        Example(
            "type 2 from 255 on",
            """\
[srat]
entries = '''
apic 0 0..3
x2apic 0 256..259
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        low = [entry for entry in srat.entries_in_force(2) if entry.x2apic_id < 255]
        if low:
            message = (
                f"x2APIC id {low[0].x2apic_id:#x} would fit type 0, one of {len(low)} such ids"
            )
            yield srat.at(low[0], "x2apic_id", message)
