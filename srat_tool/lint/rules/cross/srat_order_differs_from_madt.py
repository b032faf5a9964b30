"""SRAT and MADT list the domains' first processors in different orders.

Checks:
    The domains, ordered by their first processor in the SRAT, are in another order than by
    their first processor in the MADT.

Why it matters:
    Processor numbers follow the one, node numbers the other.

What Linux does:
    Processor 0 may be on another node than node 0.

How to fix:
    List the processors in the same order.

References:
    Linux acpi_map_pxm_to_node.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.words import joined
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class SratOrderDiffersFromMadt(MachineRule):
    id = "XMAD008"
    severity = Severity.INFO
    examples = (
        Example(
            "the second socket first",
            """\
[srat]
entries = '''
apic 1 2..3
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G
'''
[madt]
entries = '''
lapic 0..3 0..3
'''
""",
            findings=("processors of the domains come in the order 1 and 0, in the MADT 0 and 1",),
        ),
        Example(
            "the same order",
            """\
[srat]
entries = '''
apic 0 0..1
apic 1 2..3
mem 0 0+4G
mem 1 4G+4G
'''
[madt]
entries = '''
lapic 0..3 0..3
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, madt = machine.srat, machine.madt
        if srat is None or madt is None:
            return
        domain_of = {cpu.key: cpu.domain for cpu in srat.cpus}
        ours = list(dict.fromkeys(cpu.domain for cpu in srat.cpus if cpu.key in madt.by_key))
        theirs = list(dict.fromkeys(domain_of[c.key] for c in madt.cpus if c.key in domain_of))
        if ours != theirs:
            first, other = joined([str(d) for d in ours[:8]]), joined([str(d) for d in theirs[:8]])
            yield srat.hit(
                f"processors of the domains come in the order {first}, in the MADT {other}"
            )
