"""Some entries are disabled.

Checks:
    At least one processor, memory or device entry whose Enabled flag is clear.

Why it matters:
    It is the sign of a static template that is filled in at run time; half of all real tables
    have some.

What Linux does:
    Linux skips them, except that a disabled generic initiator ends the processor pass, which
    has a separate rule.

How to fix:
    Nothing needs to be done.

References:
    ACPI 6.5, 5.2.16.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class ManyDisabledEntries(SratRule):
    id = "SRAT017"
    severity = Severity.INFO
    examples = (
        Example(
            "empty slots",
            """\
[srat]
entries = '''
apic 0 0..3
apic 0 255 off x4
mem 0 0+4G
'''
""",
            findings=("entry 4 (processor, domain 0): disabled, as 4 of 9 entries are",),
        ),
        Example(
            "all enabled",
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
        if srat.disabled:
            first = min(srat.disabled, key=lambda entry: entry.offset)
            total = len(srat.disabled)
            yield srat.at(
                first, "flags", f"disabled, as {total} of {len(srat.entries)} entries are"
            )
