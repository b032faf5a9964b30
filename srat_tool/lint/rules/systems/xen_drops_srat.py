"""Xen does not use the SRAT.

Checks:
    Under the profile `xen`: everything for which Xen drops the SRAT, or does not survive it, in
    the order of its own source.

Why it matters:
    The machine has one node under Xen.

What Linux does:
    Nothing is wrong for Linux in most cases: it accepts interleaved nodes and gaps of less than
    1 MiB.

How to fix:
    Give each node one run of addresses, without overlaps, and cover all RAM.

References:
    Xen xen/arch/x86/srat.c and xen/common/numa.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.lint.systems.xen import ARCHITECTURES, refusals


class XenDropsSrat(MachineRule):
    id = "SYS001"
    severity = Severity.ERROR
    yields_to = ("SRAT101", "SRAT102", "SRAT002", "SRAT003")
    examples = (
        Example(
            "nodes that interleave",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
mem 0 8G+4G
'''
""",
            findings=(
                (
                    "entry 4 (memory, domain 0): domain 0 then reaches over [mem "
                    "0x100000000-0x1ffffffff] of domain 1: interleaved nodes, which Xen refuses"
                ),
            ),
            options={"profile": "xen"},
        ),
        Example(
            "nodes that follow each other",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 0 4G+4G
mem 1 8G+4G
'''
""",
            options={"profile": "xen"},
        ),
        Example(
            "another profile",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
mem 0 8G+4G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        settings = machine.settings
        if settings.profile == "xen" and settings.architecture in ARCHITECTURES:
            yield from refusals(machine)
