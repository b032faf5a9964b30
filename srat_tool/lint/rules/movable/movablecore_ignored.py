"""Two boot options for movable memory are given together.

Checks:
    The command line has `movable_node` together with `kernelcore=` or `movablecore=`.

Why it matters:
    One of them does nothing.

What Linux does:
    The sizes are ignored: the SRAT alone decides.

How to fix:
    Choose one.

References:
    Linux find_zone_movable_pfns_for_nodes; observed with Linux 6.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class MovablecoreIgnored(PlanRule):
    id = "MOV011"
    severity = Severity.WARNING
    examples = (
        Example(
            "a size with movable_node",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G hotplug
'''
[kernel]
cmdline = "movable_node kernelcore=2G"
""",
            findings=("kernelcore=2G is ignored: movable_node decides",),
        ),
        Example(
            "movable_node alone",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G hotplug
'''
[kernel]
cmdline = "movable_node"
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, plan = machine.srat, machine.plan if machine.command_line else None
        if srat is None or plan is None or not machine.has_option("movable_node"):
            return
        for option, why in plan.kernel.ignored:
            if option.startswith(("kernelcore", "movablecore")):
                yield srat.hit(f"{option} is ignored: {why}")
