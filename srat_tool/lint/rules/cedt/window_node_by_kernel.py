"""Only some kernels have the node of a window.

Checks:
    In the plan, memory that is added in a window joins a node that no entry of the SRAT names.

Why it matters:
    Scripts and policies that name the node work with some kernels only: the number belongs to
    another node, or to none, elsewhere.

What Linux does:
    Before 5.16 windows are not looked at, and memory that is added there joins node 0. Later
    kernels give each window that the SRAT does not describe a node, numbered after all nodes of the
    SRAT in the order of the CEDT.

How to fix:
    Describe the window in the SRAT, as a hot-pluggable range of a separate domain.

References:
    Linux acpi_parse_cfmws ("ACPI: NUMA: Add a node and memblk for each CFMWS not in SRAT").
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class WindowNodeByKernel(PlanRule):
    id = "CEDT035"
    severity = Severity.INFO
    examples = (
        Example(
            "a window that only the CEDT has",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 16G+4G 0 volatile type3
'''
[memory]
ram = ["0+4G"]
""",
            findings=("entry 1 (window): is node 1 from Linux 5.16 on, and no node before",),
        ),
        Example(
            "a window that the SRAT describes",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 16G+4G hotplug
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 16G+4G 0 volatile type3
'''
[memory]
ram = ["0+4G"]
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        for cedt, entry, places in machine.planned_windows:
            for place in places:
                if place.nid is not None and place.pxm is None:
                    message = f"is node {place.nid} from Linux 5.16 on, and no node before"
                    yield cedt.at(entry, "base_hpa", message)
