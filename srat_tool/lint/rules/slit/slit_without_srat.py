"""A machine has a SLIT and no SRAT.

Checks:
    A folder, archive, dump or image that holds a SLIT and other tables, and neither an SRAT nor
    a table that is meant to be one. A SLIT alone, packed or not, is a sample of one table.

Why it matters:
    Distances between domains that do not exist.

What Linux does:
    Linux reads the SLIT and has no node to apply it to.

How to fix:
    Add an SRAT, or leave the SLIT out.

References:
    Linux acpi_numa_slit_init.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class SlitWithoutSrat(MachineRule):
    id = "SLIT015"
    severity = Severity.WARNING
    examples = (
        Example(
            "a SLIT with other tables",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000c0fe00000000
'''
[slit]
matrix = '''
10 21
21 10
'''
""",
            findings=("there is a SLIT, but no SRAT",),
        ),
        Example(
            "a SLIT alone",
            """\
[slit]
matrix = '''
10 21
21 10
'''
""",
        ),
        Example(
            "both",
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
        meant = any(table.expected_signature == "SRAT" for table in machine.tables)
        if machine.slit and machine.srat is None and len(machine.tables) > 1 and not meant:
            yield machine.slit.hit("there is a SLIT, but no SRAT")
