"""The SRAT does not know of a window.

Checks:
    No enabled SRAT range shares addresses with a window.

Why it matters:
    It is how memory that comes later is usually described.

What Linux does:
    Linux invents a node for the window, with the highest domain plus one. RAM that only a
    window covers is accepted by 6.1 and 6.12, and 5.10 and 7.2 drop the whole NUMA
    configuration.

How to fix:
    Nothing needs to be done, unless there is RAM in it.

References:
    Linux acpi_parse_cfmws; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class CfmwsNotInSrat(MachineRule):
    id = "CEDT013"
    severity = Severity.INFO

    examples = (
        Example(
            "a window above all memory",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
'''
""",
            findings=(
                (
                    "entry 1 (window): no SRAT range shares addresses with [mem "
                    "0x100000000-0x1ffffffff]"
                ),
            ),
        ),
        Example(
            "a window that the SRAT describes",
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
            if not share.covered:
                text = mem_range(cedt.span(entry))
                yield cedt.at(entry, "base_hpa", f"no SRAT range shares addresses with {text}")
