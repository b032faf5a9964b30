"""A machine has an MSCT and no SRAT.

Checks:
    A folder, archive, dump or image that holds an MSCT and no SRAT.

Why it matters:
    An operating system may use the MSCT only when there is an SRAT.

What Linux does:
    Linux does not read the MSCT.

How to fix:
    Leave the MSCT out, or add an SRAT.

References:
    ACPI 6.5, 5.2.19.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class MsctWithoutSrat(MachineRule):
    id = "MSCT011"
    severity = Severity.INFO
    examples = (
        Example(
            "an MSCT alone",
            """\
[msct]
entries = '''
domains 0 0 4 16G
'''
""",
            findings=("there is an MSCT, but no SRAT",),
        ),
        Example(
            "both",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[msct]
entries = '''
domains 0 0 4 16G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        if machine.msct and machine.srat is None and machine.is_whole:
            yield machine.msct.hit("there is an MSCT, but no SRAT")
