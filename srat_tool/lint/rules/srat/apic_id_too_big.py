"""An APIC id is larger than Linux can take.

Checks:
    An enabled x2APIC entry with an id of 32768 or more.

Why it matters:
    The processor cannot be used.

What Linux does:
    "SRAT: PXM N -> X2APIC 0xN ignored", or in older kernels "skipped apicid that is too
    big"; the processor gets no node.

How to fix:
    Use smaller ids.

References:
    Linux MAX_LOCAL_APIC; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import MAX_LOCAL_APIC, SratView


class ApicIdTooBig(SratRule):
    id = "SRAT205"
    severity = Severity.WARNING
    examples = (
        Example(
            "id 32768",
            """\
[srat]
entries = '''
apic 0 0
x2apic 0 32768
mem 0 0+4G
'''
""",
            findings=("entry 1 (x2APIC, domain 0): x2APIC id 0x8000 is above 0x7fff",),
        ),
        Example(
            "id 32767",
            """\
[srat]
entries = '''
apic 0 0
x2apic 0 32767
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for entry in srat.entries_in_force(2):
            if entry.x2apic_id >= MAX_LOCAL_APIC:
                hit = srat.at(entry, "x2apic_id", f"x2APIC id {entry.x2apic_id:#x} is above 0x7fff")
                values = (entry.proximity_domain, f"{entry.x2apic_id:#06x}")
                yield hit._replace(values=values)
