"""An enabled entry is about APIC id 255.

Checks:
    An enabled processor entry of type 0 with APIC id 0xff.

Why it matters:
    255 is the broadcast id of an xAPIC: no processor has it.

What Linux does:
    Linux accepts the entry; its domain becomes a node.

How to fix:
    Disable the entry; ids from 255 on need type 2.

References:
    ACPI 6.5, 5.2.12.2; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import WRONG_ID, SratView


class ApicId255(SratRule):
    id = "SRAT203"
    severity = Severity.WARNING
    examples = (
        Example(
            "filler that was left enabled",
            """\
[srat]
entries = '''
apic 0 0..1
apic 0 255
mem 0 0+4G
'''
""",
            findings=("entry 2 (processor, domain 0): APIC id 255 is the broadcast id",),
        ),
        Example(
            "filler that is disabled",
            """\
[srat]
entries = '''
apic 0 0..1
apic 0 255 off
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for entry in srat.entries_in_force(0):
            if entry.apic_id == 0xFF:
                hit = srat.at(entry, "apic_id", "APIC id 255 is the broadcast id")
                yield hit._replace(about=WRONG_ID)
