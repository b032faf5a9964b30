"""A package has processors in several domains.

Checks:
    A physical package of the PPTT whose processors are in more than one proximity domain.

Why it matters:
    It is what sub-NUMA clustering looks like.

What Linux does:
    Linux builds scheduling domains for the nodes inside the package.

How to fix:
    Nothing needs to be done.

References:
    ACPI 6.5, 5.2.30.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class PackageSpansDomains(MachineRule):
    id = "XPPT001"
    severity = Severity.INFO
    examples = (
        Example(
            "two domains in a package",
            """\
[srat]
entries = '''
gicc 0 0..1
gicc 1 2..3
mem 0 0+4G
mem 1 4G+4G
'''
[pptt]
entries = '''
node 0 0 package
node 36 0..3 valid-id leaf
'''
""",
            findings=("entry 0 (processor node): the package has processors in the domains 0, 1",),
        ),
        Example(
            "one domain in a package",
            """\
[srat]
entries = '''
gicc 0 0..1
mem 0 0+4G
'''
[pptt]
entries = '''
node 0 0 package
node 36 0..1 valid-id leaf
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        pptt = machine.pptt
        if pptt is None:
            return
        for offset, domains in machine.domains_by_package.items():
            if len(domains) > 1:
                listed = ", ".join(map(str, sorted(domains)))
                message = f"the package has processors in the domains {listed}"
                yield pptt.at(pptt.node(offset), "flags", message)
