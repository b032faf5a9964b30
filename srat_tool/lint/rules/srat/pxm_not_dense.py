"""Proximity domains leave out numbers.

Checks:
    The domains of enabled entries are not 0 to n-1.

Why it matters:
    Node numbers differ from domains, and a SLIT needs rows for domains that do not exist.

What Linux does:
    Linux gives each domain the lowest free node number as it meets it.

How to fix:
    Number the domains densely from 0.

References:
    Linux acpi_map_pxm_to_node; memkind issue 13; a Dell R820 has domains 1 to 4.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class PxmNotDense(SratRule):
    id = "SRAT403"
    severity = Severity.INFO
    needs = ("SRAT",)
    yields_to = ("SRAT401", "MSCT006", "SLIT013")
    examples = (
        Example(
            "counted from 1",
            """\
[srat]
entries = '''
apic 1 0
apic 2 1
mem 1 0+4G
mem 2 4G+4G
'''
""",
            findings=("the proximity domains are 1, 2, not 0 to 1",),
        ),
        Example(
            "counted from 0",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        found = sorted(srat.domains)
        if found and found[-1] != len(found) - 1:
            listed = ", ".join(map(str, found[:16])) + (", ..." if len(found) > 16 else "")
            message = f"the proximity domains are {listed}, not 0 to {len(found) - 1}"
            yield srat.hit(message, about=f"domain {found[-1]}")
