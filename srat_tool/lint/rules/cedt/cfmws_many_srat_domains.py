"""A window is in several proximity domains.

Checks:
    Enabled SRAT ranges of more than one domain share addresses with a window.

Why it matters:
    One device's memory is spread over nodes.

What Linux does:
    Gaps between the ranges are given to the node of the following one.

How to fix:
    Give each window one domain.

References:
    Linux numa_fill_memblks; observed with Linux 6.1 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class CfmwsManySratDomains(MachineRule):
    id = "CEDT012"
    severity = Severity.WARNING

    examples = (
        Example(
            "two domains",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+2G
mem 2 6G+2G
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
'''
""",
            findings=("entry 1 (window): is in the domains 1, 2",),
        ),
        Example(
            "one domain",
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
            if len(share.domains) > 1:
                listed = ", ".join(map(str, share.domains))
                listed += " and others" if share.domains_left else ""
                yield cedt.at(entry, "window_size", f"is in the domains {listed}")
