"""The numbers of the HMAT give no memory tiers at all.

Checks:
    In the plan, a node with memory and processors has no latency or no bandwidth, or differs by
    more than a tenth in one of the four numbers from the first such node.

Why it matters:
    All nodes that firmware declares as ordinary memory are in one tier, whatever the other numbers
    are: nothing is demoted between them.

What Linux does:
    Since 6.7 nodes with processors are compared with the first of them, the reference. When they
    differ, Linux prints both and disables the algorithm; when numbers are missing, it does so
    silently.

How to fix:
    Give each domain with processors its latency and bandwidth to itself, and the same to all.

References:
    Linux mt_set_default_dram_perf and hmat_set_default_dram_perf.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class TieringOff(PlanRule):
    id = "HMAT028"
    severity = Severity.WARNING
    needs = ("HMAT", "SRAT")
    follows = (NUMBERS, "MADT005")
    examples = (
        Example(
            "processors with memory of two kinds",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
[hmat]
entries = '''
locality access-latency 0,1 0,1 100,200,200,120 entry_base_unit=1000
locality access-bandwidth 0,1 0,1 900,500,500,900
'''
""",
            findings=(
                (
                    "DRAM node 1 differs from DRAM node 0 by more than 10 %, so that no node gets "
                    "a tier by its numbers"
                ),
            ),
        ),
        Example(
            "no bandwidth",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
[hmat]
entries = '''
locality access-latency 0 0,1 100,200 entry_base_unit=1000
'''
""",
            findings=(
                (
                    "DRAM node 0 has no latency or no bandwidth in the HMAT, so that no node gets "
                    "a tier by its numbers"
                ),
            ),
        ),
        Example(
            "processors with memory of one kind",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
[hmat]
entries = '''
locality access-latency 0 0,1 100,200 entry_base_unit=1000
locality access-bandwidth 0 0,1 900,500
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        late = machine.tiers
        if late is None or machine.hmat_tiers is not None:
            return
        for hmat in machine.every(HmatView):
            yield hmat.hit(f"{late.dram.why}, so that no node gets a tier by its numbers")
