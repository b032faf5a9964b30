"""A structure has a version that no specification defines.

Checks:
    A GIC distributor of a version above 4, a multiprocessor wakeup mailbox of a version above 1,
    and a structure of RISC-V or LoongArch of a version other than 1.

Why it matters:
    The fields of another version may mean something else.

What Linux does:
    Linux looks for a driver of the distributor's version and finds none. It does not read the
    version of the others.

How to fix:
    Write the version: 1 to 4 for a distributor, 0 or 1 for a mailbox, 1 for the others.

References:
    ACPI 6.5, 5.2.12.15 and 5.2.12.20; ACPI 6.6 for RISC-V; Linux drivers/irqchip/irq-gic-v3.c
    acpi_validate_gic_table.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.other_controllers import DISTRIBUTOR, WAKEUP
from srat_tool.lint.rule import Example, MadtRule

EXPECTED = {DISTRIBUTOR: (0, 4), WAKEUP: (0, 1)}
"""The lowest and highest version of a type; other types have version 1."""


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
        for one in madt.controllers:
            if "version" in one.fields:
                least, most = EXPECTED.get(one.entry.type, (1, 1))
                if not least <= one["version"] <= most:
                    text = f"{least} to {most}" if most > least else f"{most}"
                    message = f"version is {one['version']}, expected {text}"
                    yield madt.on(one, "version", message)
        for cpu in madt.cpus:
            if cpu.enabled and cpu.entry.type in {17, 24} and cpu.entry.version != 1:
                yield madt.at(cpu.entry, "version", f"version is {cpu.entry.version}, expected 1")
