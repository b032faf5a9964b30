"""The matrix has rows for domains that the SRAT does not have.

Checks:
    More localities than the SRAT's highest domain plus one.

Why it matters:
    It is the sign of a static template.

What Linux does:
    Linux ignores the extra rows.

How to fix:
    Make the matrix smaller.

References:
    Observed with Linux 6.1; two firmware tables of the corpus.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.words import plural
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class MoreLocalitiesThanSrat(MachineRule):
    id = "SLIT014"
    severity = Severity.INFO
    yields_to = ("SLIT001", "SLIT002")
    follows = ("SLIT017",)
    examples = (
        Example(
            "a template for eight sockets",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[slit]
matrix = '''
10 21
21 10
'''
""",
            findings=("1 row more than the SRAT has domains",),
        ),
        Example(
            "as many as there are domains",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[slit]
matrix = '''
10
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, slit = machine.srat, machine.slit
        if srat is None or slit is None or not srat.domains:
            return
        extra = slit.slit.localities - max(srat.domains) - 1
        if extra > 0:
            yield slit.hit(f"{plural(extra, 'row')} more than the SRAT has domains", 36, 8)
