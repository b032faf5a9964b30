"""A node with memory has no numbers while others have them.

Checks:
    In the plan, tiers follow from the HMAT, and it gives no latency or no bandwidth from processors
    for a node with memory.

Why it matters:
    The node is taken for ordinary memory, however slow or fast it is.

What Linux does:
    Without numbers a node that is there at boot is in the tier of DRAM, and one whose memory the
    kmem driver adds in a slower one of its own.

How to fix:
    Add the node's domain to the targets of both matrices.

References:
    Linux hmat_calculate_adistance and mt_perf_to_adistance.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class MemoryWithoutNumbers(PlanRule):
    id = "HMAT029"
    severity = Severity.WARNING
    needs = ("HMAT", "SRAT")
    follows = (NUMBERS,)
    examples = (
        Example(
            "a target that is missing",
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
locality access-bandwidth 0 0 900
'''
""",
            findings=(
                "node 1, domain 1, has no latency or no bandwidth and is in the tier of DRAM",
            ),
        ),
        Example(
            "numbers for all",
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
        if late is None or late.machine is None:
            return
        classes = late.machine.hmat.classes
        for node in machine.plan.nodes if machine.plan is not None else ():
            if node.nid not in late.adistances or node.pxm is None:
                continue
            numbers = classes.get(node.nid)
            if numbers is None or not numbers[1].coordinate.is_complete:
                for hmat in machine.every(HmatView):
                    yield hmat.hit(
                        f"node {node.nid}, domain {node.pxm}, has no latency or no bandwidth and "
                        "is in the tier of DRAM"
                    )
