"""Linux does not survive its own reading of the tables.

Checks:
    If the SRAT has generic initiators, or the command line has `numa=`: the kernel that was asked
    for, else each of those of current distributions, dies in its plan before its first program.

Why it matters:
    The machine does not boot.

What Linux does:
    From 5.10 on it brings up the nodes of generic initiators even of a SRAT that it rejects; they
    have no data then: "BUG: kernel NULL pointer dereference". From 6.14 (6.12.67) on `numa=fake=`
    with fewer fake nodes than nodes reads the distances of a SLIT that is not there.

How to fix:
    Remove what the SRAT is rejected for; do without `numa=fake=`, or add a SLIT.

References:
    Linux init_gi_nodes, numa_emulation; observed with Linux 5.10, 6.1, 6.12, 6.16, 7.2 and 7.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.words import joined
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule
from srat_tool.lint.verdicts import LINUX
from srat_tool.tables.srat import GenericInitiatorAffinity


class LinuxDiesEarly(PlanRule):
    id = "SRAT312"
    severity = Severity.ERROR
    yields_to = ("XMAP001",)
    follows = (
        "SRAT001",
        "SRAT002",
        "SRAT003",
        "SRAT004",
        "SRAT006",
        "SRAT012",
        "SRAT013",
        "SRAT101",
        "SRAT105",
        "SRAT115",
        "SRAT401",
        "SRAT402",
    )
    examples = (
        Example(
            "a generic initiator in a SRAT that is rejected",
            """\
[srat]
entries = '''
apic 0 0..1
initiator 5 pci:0000:00:08.0
mem 0 0+3G
mem 1 2G+4G
'''
""",
            findings=("Linux 5.14, 6.1, 6.12 and 7.2 do not survive this boot",),
        ),
        Example(
            "fewer fake nodes than nodes",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+1G
mem 1 1G+1G
mem 2 2G+1G
'''
[kernel]
cmdline = "numa=fake=2"
""",
            findings=("Linux 6.12 and 7.2 do not survive this boot",),
        ),
        Example(
            "a generic initiator in a SRAT that is used",
            """\
[srat]
entries = '''
apic 0 0..1
initiator 5 pci:0000:00:08.0
mem 0 0+4G
mem 1 4G+4G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        if machine.srat is None or not _is_risky(machine):
            return
        died: dict[str, list[str]] = {}
        for release, why in _deaths(machine):
            if release not in died.setdefault(why, []):
                died[why].append(release)
        for why, releases in died.items():
            do = "does" if len(releases) == 1 else "do"
            message = f"Linux {joined(releases)} {do} not survive this boot"
            yield machine.srat.hit(message, why=f"Linux: {why}")


def _deaths(machine: LintMachine) -> Iterator[tuple[str, str]]:
    """Yield the kernels that die, and why."""
    asked = machine.boot.profile if machine.boot is not None else None
    for release in LINUX if asked is None else (asked,):
        plan = machine.plan_for(release)
        if plan is not None and plan.crash:
            yield release, plan.crash


def _is_risky(machine: LintMachine) -> bool:
    entries = machine.srat.srat.entries if machine.srat is not None else ()
    initiators = (one for one in entries if isinstance(one, GenericInitiatorAffinity))
    return machine.has_option("numa") or any(one.enabled for one in initiators)
