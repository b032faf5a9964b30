"""The matrix has no row for some domain of the SRAT.

Checks:
    The number of localities is not 0, and not above the highest domain of the SRAT's enabled
    entries.

Why it matters:
    Rows and columns are domain numbers, not an enumeration of the domains that exist.

What Linux does:
    Pairs that are not in the matrix get distance 20.

How to fix:
    Make the matrix one larger than the highest domain.

References:
    Linux acpi_numa_slit_init; observed with Linux 6.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class SmallerThanPxm(MachineRule):
    id = "SLIT013"
    severity = Severity.WARNING
    yields_to = ("SRAT401", "MSCT006", "SRAT313")
    follows = ("SLIT017",)
    examples = (
        Example(
            "a row for each of two domains, 0 and 4",
            """\
[srat]
entries = '''
apic 0 0
apic 4 1
mem 0 0+4G
mem 4 4G+4G
'''
[slit]
matrix = '''
10 21
21 10
'''
""",
            findings=("2 localities, the SRAT's highest domain is 4",),
        ),
        Example(
            "a row for each number",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
[slit]
matrix = '''
10 21
21 10
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, slit = machine.srat, machine.slit
        if srat is None or slit is None or not srat.domains:
            return
        highest, count = max(srat.domains), slit.slit.localities
        if 0 < count <= highest:
            message = f"{count} localities, the SRAT's highest domain is {highest}"
            yield slit.hit(message, 36, 8, about=f"domain {highest}")
