"""Illumos does not use the SRAT.

Checks:
    Under the profile `illumos`: everything for which Illumos drops the SRAT, or does not
    survive it, in the order of its own source.

Why it matters:
    The machine has one node under Illumos.

What Linux does:
    Nothing is wrong for Linux in most cases: it has more nodes and wants no entry for each
    processor.

How to fix:
    Describe at most 8 domains, and every processor.

References:
    illumos usr/src/uts/i86pc/os/lgrpplat.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.lint.systems.illumos import ARCHITECTURES, refusals


class IllumosDropsSrat(MachineRule):
    id = "SYS003"
    severity = Severity.ERROR
    yields_to = ("SRAT001",)
    examples = (
        Example(
            "nine domains",
            """\
[srat]
entries = '''
apic 0..8 0..8
mem 0 0G+4G
mem 1 4G+4G
mem 2 8G+4G
mem 3 12G+4G
mem 4 16G+4G
mem 5 20G+4G
mem 6 24G+4G
mem 7 28G+4G
mem 8 32G+4G
'''
""",
            findings=("9 domains, illumos has 8 nodes",),
            options={"profile": "illumos"},
        ),
        Example(
            "two domains",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
""",
            options={"profile": "illumos"},
        ),
        Example(
            "another profile",
            """\
[srat]
entries = '''
apic 0..8 0..8
mem 0 0G+4G
mem 1 4G+4G
mem 2 8G+4G
mem 3 12G+4G
mem 4 16G+4G
mem 5 20G+4G
mem 6 24G+4G
mem 7 28G+4G
mem 8 32G+4G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        settings = machine.settings
        if settings.profile == "illumos" and settings.architecture in ARCHITECTURES:
            yield from refusals(machine)
