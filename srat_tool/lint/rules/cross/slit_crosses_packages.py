"""A domain of another package is nearer than one of the same package.

Checks:
    Two domains whose processors are all in one package of the PPTT, with a SLIT distance that
    is greater than the distance from the first to a domain that has processors in other
    packages only.

Why it matters:
    Distances within a socket are shorter than between sockets: rows of the SLIT or packages of
    the PPTT are mixed up.

What Linux does:
    Linux builds its scheduler domains from distances and from packages, which contradict each
    other here.

How to fix:
    Correct the distances, or the package of the processors.

References:
    ACPI 6.5, 5.2.17 and 5.2.30; practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class SlitCrossesPackages(MachineRule):
    id = "XPPT005"
    severity = Severity.WARNING
    examples = (
        Example(
            "the other socket is nearer",
            """\
[srat]
entries = '''
apic 0..2 0..2
mem 0 0+4G
mem 1 4G+4G
mem 2 8G+4G
'''
[slit]
matrix = '''
10 30 20
30 10 20
20 20 10
'''
[madt]
entries = '''
lapic 0..2 0..2
'''
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf
node 36 1 valid-id leaf
node 0 0 package
node 96 2 valid-id leaf
'''
""",
            findings=(
                "distance from 0 to 1 is 30, in one package; domain 2 of another package is at 20",
                "distance from 1 to 0 is 30, in one package; domain 2 of another package is at 20",
            ),
        ),
        Example(
            "the own socket is nearer",
            """\
[srat]
entries = '''
apic 0..2 0..2
mem 0 0+4G
mem 1 4G+4G
mem 2 8G+4G
'''
[slit]
matrix = '''
10 12 20
12 10 20
20 20 10
'''
[madt]
entries = '''
lapic 0..2 0..2
'''
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf
node 36 1 valid-id leaf
node 0 0 package
node 96 2 valid-id leaf
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        slit = machine.slit
        if slit is None:
            return
        homes = machine.package_of_domain
        for origin, home in sorted(homes.items()):
            inside = [d for d, p in homes.items() if p == home and d != origin]
            outside = [d for d, p in homes.items() if p != home]
            far, near = slit.farthest(origin, inside), slit.nearest(origin, outside)
            if far is not None and near is not None and far[0] > near[0]:
                other = f"domain {near[1]} of another package is at {near[0]}"
                message = f"is {far[0]}, in one package; {other}"
                yield slit.at(origin, far[1], message)
