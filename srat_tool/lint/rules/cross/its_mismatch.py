"""SRAT and MADT list different interrupt translation services.

Checks:
    An ITS entry of the SRAT whose id is not an ITS of the MADT, or, where the SRAT lists any, an
    ITS of the MADT that it leaves out.

Why it matters:
    The service has no node, or the node has no service.

What Linux does:
    "SRAT: ITS affinity exceeding max count" or silence; interrupts are placed without regard to
    nodes.

How to fix:
    Make the two lists equal.

References:
    Linux drivers/irqchip/irq-gic-v3-its.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class ItsMismatch(MachineRule):
    id = "XMAD005"
    severity = Severity.WARNING
    needs = ("SRAT", "APIC")
    examples = (
        Example(
            "an id that is off by one",
            """\
[srat]
entries = '''
gicc 0 0..3
its 0 1
mem 0 0+4G
'''
[madt]
entries = '''
gicc 0..3 0..3
its 0 128M
'''
""",
            findings=(
                "entry 4 (ITS, domain 0): ITS id 1 is not in the MADT",
                "entry 4 (ITS): ITS id 0 has no SRAT entry",
            ),
        ),
        Example(
            "the same id",
            """\
[srat]
entries = '''
gicc 0 0..3
its 0 0
mem 0 0+4G
'''
[madt]
entries = '''
gicc 0..3 0..3
its 0 128M
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, madt = machine.srat, machine.madt
        if srat is None or madt is None or not srat.its:
            return
        known = {entry.its_id for entry in srat.its}
        there = {entry.translation_id for entry in madt.all_of(15)}
        for entry in srat.its:
            if entry.its_id not in there:
                yield srat.at(entry, "its_id", f"ITS id {entry.its_id} is not in the MADT")
        for entry in madt.all_of(15):
            if entry.translation_id not in known:
                message = f"ITS id {entry.translation_id} has no SRAT entry"
                yield madt.at(entry, "translation_id", message)
