"""Processors state different interrupts or registers for virtual machines.

Checks:
    Enabled GICC structures whose VGIC maintenance interrupt or GICV base address differs from that
    of the first one; one without a performance interrupt where most have one.

Why it matters:
    These are the same for every processor, or are interrupts that each one has.

What Linux does:
    KVM does not use the GIC where maintenance interrupts or GICV addresses differ. The performance
    counters of a processor without an interrupt are not used.

How to fix:
    State the value of the other processors.

References:
    ACPI 6.5, 5.2.12.14; Linux drivers/irqchip/irq-gic-v3.c gic_acpi_parse_virt_madt_gicc,
    drivers/perf/arm_pmu_acpi.c arm_pmu_acpi_parse_irqs.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import GICC, MadtView
from srat_tool.lint.rule import Example, MadtRule

ONE_VALUE = (
    ("vgic_maintenance_interrupt", "the VGIC maintenance interrupt"),
    ("gicv", "the GICV address"),
)


class ProcessorsUnlike(MadtRule):
    id = "MADT025"
    severity = Severity.WARNING
    examples = (
        Example(
            "another maintenance interrupt",
            """\
[madt]
entries = '''
gicc 0 0 vgic_maintenance_interrupt=25
gicc 1 1 vgic_maintenance_interrupt=15
'''
""",
            findings=(
                (
                    "entry 1 (GICC): the VGIC maintenance interrupt is 0xf, and 0x19 in entry 0 "
                    "(GICC)"
                ),
            ),
        ),
        Example(
            "one value",
            """\
[madt]
entries = '''
gicc 0 0 vgic_maintenance_interrupt=25
gicc 1 1 vgic_maintenance_interrupt=25
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        gics = [cpu.entry for cpu in madt.cpus if cpu.enabled and cpu.entry.type == GICC]
        for field, name in ONE_VALUE:
            for gic in gics:
                value, first = getattr(gic, field), getattr(gics[0], field)
                if value != first:
                    message = f"{name} is {value:#x}, and {first:#x} in {madt.name(gics[0])}"
                    yield madt.at(gic, field, message)
        mute = [gic for gic in gics if not gic.performance_interrupt]
        for gic in mute if 2 * len(mute) < len(gics) else ():
            message = "there is no performance interrupt, and other processors have one"
            yield madt.at(gic, "performance_interrupt", message)
