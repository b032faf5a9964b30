"""No memory is slower than that of processors.

Checks:
    In the plan, tiers follow from the HMAT, there are several, and the slowest one has a node with
    processors.

Why it matters:
    Nothing is demoted from ordinary memory; the other memory is only ever demoted to it.

What Linux does:
    Pages are demoted to the next slower tier; nothing is promoted out of the slowest tier with
    processors and those above it.

How to fix:
    Correct the numbers if the other memory is slower.

References:
    Linux establish_demotion_targets.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class NoSlowerTier(PlanRule):
    id = "HMAT031"
    severity = Severity.INFO
    examples = (
        Example(
            "the other memory is faster",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
[hmat]
entries = '''
locality access-latency 0 0,1 100,50 entry_base_unit=1000
locality access-bandwidth 0 0,1 900,1800
'''
""",
            findings=(
                (
                    "node 0, with processors, is in the slowest tier, so that nothing is demoted "
                    "from it"
                ),
            ),
        ),
        Example(
            "the other memory is slower",
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
        tiers = late.tiers.tiers
        lowest = sorted(machine.processor_nodes.intersection(tiers[-1].nids))
        if len(tiers) < 2 or not lowest:
            return
        for hmat in machine.every(HmatView):
            yield hmat.hit(
                f"node {lowest[0]}, with processors, is in the slowest tier, so that nothing is "
                "demoted from it"
            )
