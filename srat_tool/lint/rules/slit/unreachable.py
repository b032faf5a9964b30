"""Some domains cannot reach each other.

Checks:
    A distance of 255. A warning when both domains have processors in the SRAT.

Why it matters:
    255 means that there is no path or that the distance is unknown.

What Linux does:
    Linux stores 255 and treats the pair as very far apart; FreeBSD takes it as "no
    information".

How to fix:
    Write the true distance.

References:
    ACPI 6.5, 5.2.17; Linux CXL documentation uses 255; an HPE Integrity blade has it for most
    pairs.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.words import runs
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.lint.slit_view import SlitView
from srat_tool.tables.slit import UNREACHABLE

MAX_RUNS = 8


class Unreachable(MachineRule):
    id = "SLIT009"
    severity = Severity.INFO
    follows = ("SLIT017", "SLIT018")
    examples = (
        Example(
            "no path between two sockets",
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
10 255
255 10
'''
""",
            findings=(
                "distance from 0 to 1 is 255; domain 0 cannot reach 1",
                "distance from 1 to 0 is 255; domain 1 cannot reach 0",
            ),
        ),
        Example(
            "a path",
            """\
[slit]
matrix = '''
10 21
21 10
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        cpus = machine.srat.cpu_domains if machine.srat else set()
        for slit in machine.every(SlitView):
            for origin in slit.origins:
                row = slit.row(origin)
                lost = [at for at, value in enumerate(row) if value == UNREACHABLE and at != origin]
                if not lost:
                    continue
                both = origin in cpus and any(target in cpus for target in lost)
                listed = runs(lost, MAX_RUNS)
                hit = slit.at(origin, lost[0], f"is 255; domain {origin} cannot reach {listed}")
                severity = Severity.WARNING if both else None
                yield hit._replace(severity=severity, alike=("lost", both))
