"""The MPIDR of a processor has bits outside the affinity fields.

Checks:
    An enabled GICC whose MPIDR sets bits 24 to 31 or 40 to 63.

Why it matters:
    The MPIDR names the processor by its four affinity fields only.

What Linux does:
    Linux prints "skipping CPU entry with invalid MPIDR 0x..." and does not use the processor.

How to fix:
    Write the affinity fields of the MPIDR register and 0 elsewhere.

References:
    ACPI 6.5, 5.2.12.14; Linux arch/arm64/kernel/smp.c acpi_map_gic_cpu_interface.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import GICC, MadtView
from srat_tool.lint.rule import Example, MadtRule

AFFINITY = 0xFF00FFFFFF


class MpidrInvalid(MadtRule):
    id = "MADT016"
    severity = Severity.ERROR
    examples = (
        Example(
            "the register copied whole",
            """\
[madt]
entries = '''
gicc 0 0x80000000
'''
""",
            findings=(
                "entry 0 (GICC): MPIDR 0x80000000 sets bits 0x80000000, which are no affinity",
            ),
        ),
        Example(
            "affinity fields",
            """\
[madt]
entries = '''
gicc 0 0x100010203
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        for cpu in madt.cpus:
            mpidr = cpu.entry.mpidr if cpu.entry.type == GICC else None
            if cpu.enabled and mpidr is not None and mpidr & ~AFFINITY:
                bits = mpidr & ~AFFINITY
                message = f"MPIDR {mpidr:#x} sets bits {bits:#x}, which are no affinity"
                yield madt.at(cpu.entry, "mpidr", message)._replace(values=(f"{mpidr:#x}",))
