"""The SRAT describes a part of a window.

Checks:
    Some bytes of a window are in an enabled SRAT range and others are not.

Why it matters:
    The rest joins a node by accident.

What Linux does:
    Linux stretches the SRAT's blocks over the whole window, without the hot-pluggable flag; a
    gap belongs to the node of the higher block.

How to fix:
    Cover the window wholly, or not at all.

References:
    Linux numa_fill_memblks; observed with Linux 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class CfmwsPartlyInSrat(MachineRule):
    id = "CEDT011"
    severity = Severity.WARNING

    examples = (
        Example(
            "half of it",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+2G
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
'''
""",
            findings=("entry 1 (window): 2G of 4G are in no SRAT range",),
        ),
        Example(
            "all of it",
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
            size = entry.window_size
            if 0 < share.covered < size:
                rest = format_size(size - share.covered)
                message = f"{rest} of {format_size(size)} are in no SRAT range"
                yield cedt.at(entry, "window_size", message)
