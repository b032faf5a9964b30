"""No table declares the distances between the proximity domains.

Checks:
    Three or more domains in the SRAT, and no SLIT.

Why it matters:
    With more than two nodes it matters which of the others is near.

What Linux does:
    10 for local and 20 for every remote node.

How to fix:
    Add a SLIT.

References:
    Linux numa_distance.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class MissingSlit(MachineRule):
    id = "SLIT016"
    severity = Severity.INFO
    examples = (
        Example(
            "three sockets",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
apic 2 2
mem 0 0+4G
mem 1 4G+4G
mem 2 8G+4G
'''
""",
            findings=("3 domains, and no SLIT",),
        ),
        Example(
            "two sockets",
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

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat and machine.slit is None and len(srat.domains) >= 3:
            yield srat.hit(f"{len(srat.domains)} domains, and no SLIT")
