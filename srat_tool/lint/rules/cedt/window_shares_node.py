"""A window has an SRAT range of its own, in a domain with ordinary memory.

Checks:
    An enabled SRAT range begins and ends with a window, and its domain, which has no processors,
    has RAM at boot outside all windows.

Why it matters:
    CXL memory and ordinary memory share a node: neither distances nor tiers distinguish them, and
    the node has numbers of one of them only.

What Linux does:
    The window gets no node of its own, because the SRAT gives it one. A node is in one memory tier,
    that of its first memory.

How to fix:
    Give the range of the window a proximity domain that no other memory has.

References:
    Linux acpi_parse_cfmws and set_node_memory_tier.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import clipped, union
from srat_tool.base.units import format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class WindowSharesNode(MachineRule):
    id = "CEDT033"
    severity = Severity.WARNING
    examples = (
        Example(
            "one domain for both",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
mem 1 16G+4G hotplug
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 16G+4G 0 volatile type3
'''
[memory]
ram = ["0+4G", "4G+4G"]
""",
            findings=(
                (
                    "entry 1 (window): is the SRAT range of domain 1, which has 4G of ordinary "
                    "memory too"
                ),
            ),
        ),
        Example(
            "a domain of its own",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
mem 2 16G+4G hotplug
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 16G+4G 0 volatile type3
'''
[memory]
ram = ["0+4G", "4G+4G"]
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        if machine.srat is None:
            return
        domains = {item.span: item.domain for item in machine.srat.ranges}
        shares = machine.window_shares
        windows = union(cedt.span(entry) for cedt, entry, _ in shares)
        ordinary: dict[int, int] = {}
        for item in machine.srat.ranges if shares else ():
            if not clipped(windows, item.span) and not machine.lacks_ram(item):
                ordinary[item.domain] = ordinary.get(item.domain, 0) + item.span.size
        for cedt, entry, share in shares:
            domain = domains.get(cedt.span(entry))
            if domain in ordinary and share.with_cpus is None:
                yield cedt.at(
                    entry,
                    "base_hpa",
                    f"is the SRAT range of domain {domain}, which has "
                    f"{format_size(ordinary[domain])} of ordinary memory too",
                )
