"""FreeBSD does not use the SRAT.

Checks:
    Under the profile `freebsd`: the first check of FreeBSD that the SRAT fails, with every entry
    that fails it in the walk over the table: repeated local APIC ids, overlaps, more than 63
    ranges. Then memory without processors, RAM without an entry, more than 8 domains, and
    processors without an entry, at which FreeBSD panics.

Why it matters:
    The machine has one node under FreeBSD.

What Linux does:
    Nothing is wrong for Linux in most cases: it accepts memory without processors and
    processors without an entry.

How to fix:
    List each processor once, give each domain of memory a processor, and list memory by
    address: a range that is listed after two higher ones puts FreeBSD's list out of order.

References:
    FreeBSD sys/dev/acpica/acpi_pxm.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.lint.systems.freebsd import ARCHITECTURES, refusals


class FreebsdDropsSrat(MachineRule):
    id = "SYS002"
    severity = Severity.ERROR
    yields_to = ("SRAT101", "SRAT102", "SRAT201", "SRAT202", "SRAT406", "XMAD001", "SRAT103")
    examples = (
        Example(
            "memory without processors",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
""",
            findings=("entry 2 (memory, domain 1): FreeBSD: No CPU found for memory domain 1",),
            options={"profile": "freebsd"},
        ),
        Example(
            "processors at all memory",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
""",
            options={"profile": "freebsd"},
        ),
        Example(
            "another profile",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        settings = machine.settings
        if settings.profile == "freebsd" and settings.architecture in ARCHITECTURES:
            yield from refusals(machine)
