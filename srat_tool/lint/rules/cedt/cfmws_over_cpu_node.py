"""A window is in a node that has processors.

Checks:
    A window shares addresses with an enabled SRAT range of a domain that has processors.

Why it matters:
    Local memory and CXL memory share a node.

What Linux does:
    They cannot be distinguished: there is no memory tiering between them.

How to fix:
    Give the window's memory a separate proximity domain.

References:
    Linux Documentation/driver-api/cxl.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class CfmwsOverCpuNode(MachineRule):
    id = "CEDT010"
    severity = Severity.WARNING

    examples = (
        Example(
            "CXL memory on node 0",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+8G
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
'''
""",
            findings=("entry 1 (window): shares addresses with domain 0, which has processors",),
        ),
        Example(
            "CXL memory on a separate node",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        for cedt, entry, share in machine.window_shares:
            if share.with_cpus is not None:
                message = f"shares addresses with domain {share.with_cpus}, which has processors"
                yield cedt.at(entry, "base_hpa", message)
