"""A proximity domain is larger than this revision can hold.

Checks:
    In a table of revision 0 or 1, an enabled processor or memory entry whose upper three domain
    bytes are not 0.

Why it matters:
    Two domains collapse into one.

What Linux does:
    Linux masks the domain with 0xff: domain 0x300 becomes 0, domain 0x101 becomes 1.

How to fix:
    State revision 2 or above.

References:
    Observed with Linux 6.1. fwts and iasl are silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class PxmTruncated(SratRule):
    id = "SRAT012"
    severity = Severity.ERROR
    examples = (
        Example(
            "domain 256 in revision 1",
            """\
[srat]
revision = 1
entries = '''
apic 0 0
mem 0 0+4G
mem 256 4G+4G
'''
""",
            findings=("entry 2 (memory, domain 0): domain 0x100 is read as 0",),
        ),
        Example(
            "domain 256 in revision 3",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 256 4G+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        if srat.header.revision > 1:
            return
        for entry in srat.entries_in_force(0, 1):
            stated, meant = entry.proximity_domain, srat.domain(entry)
            if stated != meant:
                field = "proximity_domain_high" if entry.type == 0 else "proximity_domain"
                yield srat.at(entry, field, f"domain {stated:#x} is read as {meant}")
