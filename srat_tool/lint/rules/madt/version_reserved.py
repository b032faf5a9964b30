"""A structure has a version that no specification defines.

Checks:
    A GIC distributor of a version above 4, and a RISC-V or LoongArch processor structure of a
    version other than 1.

Why it matters:
    The fields of another version may mean something else.

What Linux does:
    Linux looks for a driver of the distributor's version and finds none. It does not read the
    version of the others.

How to fix:
    Write the version: 1 to 4 for a distributor, 1 for the others.

References:
    ACPI 6.5, 5.2.12.15 and 5.2.12.20; ACPI 6.6 for RISC-V; Linux drivers/irqchip/irq-gic-v3.c
    acpi_validate_gic_table.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.other_controllers import DISTRIBUTOR
from srat_tool.lint.rule import Example, MadtRule

HIGHEST_GIC = 4


class VersionReserved(MadtRule):
    id = "MADT015"
    severity = Severity.WARNING
    examples = (
        Example(
            "a distributor of version 9",
            """\
[madt]
entries = '''
gicc 0 0
raw 12 00000000000000000008000000000000000009000000
'''
""",
            findings=("entry 1 (GIC distributor): version is 9, expected 0 to 4",),
        ),
        Example(
            "a hart of version 0",
            """\
[madt]
entries = '''
rintc 0 0 version=0
'''
""",
            findings=("entry 0 (RINTC): version is 0, expected 1",),
        ),
        Example(
            "GICv3",
            """\
[madt]
entries = '''
gicc 0 0
raw 12 00000000000000000008000000000000000003000000
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        for one in madt.controllers_of(DISTRIBUTOR):
            if one["version"] > HIGHEST_GIC:
                message = f"version is {one['version']}, expected 0 to {HIGHEST_GIC}"
                yield madt.on(one, "version", message)
        for cpu in madt.cpus:
            if cpu.enabled and cpu.entry.type in {17, 24} and cpu.entry.version != 1:
                yield madt.at(cpu.entry, "version", f"version is {cpu.entry.version}, expected 1")
