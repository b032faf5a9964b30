"""A boot option asks for what the table does not have.

Checks:
    The command line has `movable_node` or `movablecore=acpi`, and no hot-pluggable range holds
    RAM. Advice in the opposite case: such ranges exist, and no option uses them.

Why it matters:
    The option has no effect at boot.

What Linux does:
    No node gets a ZONE_MOVABLE from the SRAT. `movable_node` exists since 3.14; on kernels of
    today `movablecore=acpi` is a size of zero.

How to fix:
    Drop the option, or mark the ranges.

References:
    Linux find_zone_movable_pfns_for_nodes; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class NoHotplugButMovableNode(PlanRule):
    id = "MOV010"
    severity = Severity.WARNING
    examples = (
        Example(
            "nothing is hot-pluggable",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
'''
[kernel]
cmdline = "movable_node"
""",
            findings=("the command line asks for movable nodes, no hot-pluggable range holds RAM",),
        ),
        Example(
            "no option",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G hotplug
'''
[kernel]
cmdline = "quiet"
""",
            findings=(
                ("entry 3 (memory, domain 1): hot-pluggable, but no boot option makes it movable"),
            ),
        ),
        Example(
            "asked for and there",
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
        srat, line = machine.srat, machine.command_line
        if srat is None or line is None:
            return
        asked = machine.has_option("movable_node") or "movablecore=acpi" in line.split()
        hot = machine.populated_hot_ranges
        if asked and not hot and not srat.is_hyper_v:
            yield srat.hit(
                "the command line asks for movable nodes, no hot-pluggable range holds RAM"
            )
        elif hot and not asked:
            message = "hot-pluggable, but no boot option makes it movable"
            yield srat.at(hot[0].entry, "flags", message)._replace(severity=Severity.INFO)
