"""Processors have only movable memory in their node.

Checks:
    In the plan the only zone of a node with processors is ZONE_MOVABLE.

Why it matters:
    Whatever the kernel allocates for them is remote.

What Linux does:
    Kernel allocations of these processors come from other nodes and are slower.

How to fix:
    Keep some memory of the node fixed, if speed matters more than removal.

References:
    The series of 2013, "Arrange hotpluggable memory in SRAT as ZONE_MOVABLE".
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class MovableNodeWithCpus(PlanRule):
    id = "MOV009"
    severity = Severity.INFO
    examples = (
        Example(
            "a removable socket",
            """\
[srat]
entries = '''
apic 0 0..1
apic 1 2..3
mem 0 0+4G
mem 1 4G+4G hotplug
'''
""",
            findings=("entry 2 (processor, domain 1): all memory of its node 1 is movable",),
        ),
        Example(
            "a riser without processors",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G hotplug
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for nid, domain in machine.movable_nodes.items():
            cpu = srat.first_cpus.get(domain)
            if cpu is not None:
                message = f"all memory of its node {nid} is movable"
                yield srat.at(cpu.entry, cpu.field, message)
