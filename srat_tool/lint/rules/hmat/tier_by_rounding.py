"""Memory of other speed is in the tier of DRAM.

Checks:
    In the plan, tiers follow from the HMAT, and a node whose abstract distance is not that of DRAM
    is in its tier.

Why it matters:
    Nothing is demoted between the two, although one is slower.

What Linux does:
    A tier is 128 wide: from 512 to 639 everything is in the tier of DRAM, whose distance is 576.

How to fix:
    Nothing, if the difference does not matter; otherwise correct the numbers.

References:
    Linux MEMTIER_CHUNK_SIZE.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule

# *Mirrors:* MEMTIER_ADISTANCE_DRAM and MEMTIER_CHUNK_BITS.
_DRAM = 576
_BITS = 7


class TierByRounding(PlanRule):
    id = "HMAT030"
    severity = Severity.INFO
    examples = (
        Example(
            "a tenth slower",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
[hmat]
entries = '''
locality access-latency 0 0,1 100,110 entry_base_unit=1000
locality access-bandwidth 0 0,1 900,900
'''
""",
            findings=(
                "node 1 has the abstract distance 633 and is in tier 4, as DRAM with 576 is",
            ),
        ),
        Example(
            "twice as slow",
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
        late = machine.hmat_tiers
        if late is None or late.tiers is None:
            return
        nodes = machine.processor_nodes
        for tier in late.tiers.tiers:
            near = [n for n in tier.nids if late.adistances[n] != _DRAM and n not in nodes]
            if tier.number != _DRAM >> _BITS or not near:
                continue
            for nid in near:
                for hmat in machine.every(HmatView):
                    yield hmat.hit(
                        f"node {nid} has the abstract distance {late.adistances[nid]} and is in "
                        f"tier {tier.number}, as DRAM with {_DRAM} is"
                    )
