"""A node has nothing but movable memory.

Checks:
    In the plan a node's only zone is ZONE_MOVABLE.

Why it matters:
    The node's kernel data is on another node.

What Linux does:
    pg_data_t and page tables of the node are allocated on another node.

How to fix:
    Nothing needs to be done.

References:
    The series of 2013, "Arrange hotpluggable memory in SRAT as ZONE_MOVABLE"; Linux
    alloc_node_data.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class MovableOnlyNode(PlanRule):
    id = "MOV008"
    severity = Severity.INFO
    examples = (
        Example(
            "a riser",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G hotplug
'''
""",
            findings=("node 1, domain 1, has only movable memory",),
        ),
        Example(
            "no riser",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for nid, domain in machine.movable_nodes.items():
            yield srat.hit(f"node {nid}, domain {domain}, has only movable memory")
