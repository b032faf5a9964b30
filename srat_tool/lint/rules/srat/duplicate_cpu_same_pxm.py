"""A processor is listed twice in its domain.

Checks:
    The same APIC id (types 0 and 2 together) or processor UID is enabled twice in one domain.

Why it matters:
    One of the entries is superfluous, or another processor was meant.

What Linux does:
    The second entry changes nothing. FreeBSD prints "Duplicate local APIC ID" and drops the
    table.

How to fix:
    Remove one of them, or correct its id.

References:
    FreeBSD acpi_pxm.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import WRONG_ID, SratView


class DuplicateCpuSamePxm(SratRule):
    id = "SRAT202"
    severity = Severity.WARNING
    examples = (
        Example(
            "an id that was copied",
            """\
[srat]
entries = '''
apic 0 0
apic 0 0
mem 0 0+4G
'''
""",
            findings=(
                (
                    "entry 1 (processor, domain 0): APIC id 0x0 is listed by entry 0 (processor, "
                    "domain 0) too"
                ),
            ),
        ),
        Example(
            "each id once",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for first, second in srat.repeated_cpus:
            if first.domain == second.domain:
                message = f"{second.name} is listed by {srat.name(first.entry)} too"
                hit = srat.at(second.entry, second.field, message)
                yield hit._replace(about=WRONG_ID, alike=srat.distance(first.entry, second.entry))
