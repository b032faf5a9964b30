"""A domain has processors of several packages.

Checks:
    The processors of one proximity domain are in more than one physical package of the PPTT.

Why it matters:
    Perhaps node interleaving is switched on; distances mean nothing then.

What Linux does:
    Linux takes far memory for local.

How to fix:
    Check the firmware's settings.

References:
    ACPI 6.5, 5.2.30.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class DomainSpansPackages(MachineRule):
    id = "XPPT002"
    severity = Severity.WARNING
    follows = ("MADT003", "PPTT006")
    examples = (
        Example(
            "one domain, two packages",
            """\
[srat]
entries = '''
gicc 0 0..3
mem 0 0+4G
'''
[pptt]
entries = '''
node 0 0 package
node 36 0..1 valid-id leaf
node 0 9 package
node 96 2..3 valid-id leaf
'''
""",
            findings=("entry 0 (GICC, domain 0): domain 0 has processors of 2 packages",),
        ),
        Example(
            "one domain a package",
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
node 36 0..1 valid-id leaf
node 0 9 package
node 96 2..3 valid-id leaf
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, packages = machine.srat, machine.domains_by_package
        if srat is None:
            return
        places: dict[int, list[int]] = {}
        for offset, domains in packages.items():
            for domain in domains:
                places.setdefault(domain, []).append(offset)
        for domain, found in sorted(places.items()):
            if len(found) > 1:
                cpu = srat.first_cpus[domain]
                message = f"domain {domain} has processors of {len(found)} packages"
                yield srat.at(cpu.entry, cpu.field, message)
