"""A processor belongs to two domains.

Checks:
    The same APIC id (types 0 and 2 together) or processor UID is enabled in two domains.

Why it matters:
    A processor is in one place.

What Linux does:
    The last entry wins. FreeBSD prints "Duplicate local APIC ID" and drops the table.

How to fix:
    Remove the wrong entry.

References:
    FreeBSD acpi_pxm.c. fwts and iasl are silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import WRONG_ID, SratView


class DuplicateCpuDifferentPxm(SratRule):
    id = "SRAT201"
    severity = Severity.ERROR
    examples = (
        Example(
            "an id that was copied",
            """\
[srat]
entries = '''
apic 0 0..3
apic 1 3..5
mem 0 0+4G
mem 1 4G+4G
'''
""",
            findings=(
                (
                    "entry 4 (processor, domain 1): APIC id 0x3 is also in domain 0, by entry 3 "
                    "(processor, domain 0)"
                ),
            ),
        ),
        Example(
            "the same id in an APIC and an x2APIC entry",
            """\
[srat]
entries = '''
apic 0 7
x2apic 1 7
mem 0 0+4G
mem 1 4G+4G
'''
""",
            findings=(
                (
                    "entry 1 (x2APIC, domain 1): APIC id 0x7 is also in domain 0, by entry 0 "
                    "(processor, domain 0)"
                ),
            ),
        ),
        Example(
            "each id once",
            """\
[srat]
entries = '''
apic 0 0..3
apic 1 4..7
mem 0 0+4G
mem 1 4G+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for first, second in srat.repeated_cpus:
            if first.domain != second.domain:
                message = (
                    f"{second.name} is also in domain {first.domain}, by {srat.name(first.entry)}"
                )
                hit = srat.at(second.entry, second.field, message)
                yield hit._replace(about=WRONG_ID, alike=srat.distance(first.entry, second.entry))
