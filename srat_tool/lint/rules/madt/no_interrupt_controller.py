"""Processors are listed, and not what delivers their interrupts.

Checks:
    A table all of whose structures could be read with enabled local APICs and no I/O APIC; with
    enabled GICC structures and no GIC distributor; with a distributor of GICv3 or later and
    neither a redistributor nor a redistributor address in a GICC; with an earlier one and
    redistributors.

Why it matters:
    Devices have no interrupts.

What Linux does:
    Linux on x86 prints "No IOAPIC entries present" and runs with the interrupts of the 8259. On
    arm64 it stops: there is no interrupt controller.

How to fix:
    List the controller.

References:
    ACPI 6.5, 5.2.12.3, 5.2.12.15 and 5.2.12.17; Linux arch/x86/kernel/acpi/boot.c
    acpi_parse_madt_ioapic_entries, drivers/irqchip/irq-gic-v3.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import GICC, MadtView
from srat_tool.lint.other_controllers import (
    DISTRIBUTOR,
    FIRST_WITH_REDISTRIBUTORS,
    IO_APIC,
    REDISTRIBUTOR,
)
from srat_tool.lint.rule import Example, MadtRule


class NoInterruptController(MadtRule):
    id = "MADT013"
    severity = Severity.WARNING
    examples = (
        Example(
            "processors only",
            """\
[madt]
entries = '''
lapic 0..1 0..1
raw 4 ff000001
'''
""",
            findings=("there are local APICs, and no I/O APIC",),
        ),
        Example(
            "no distributor",
            """\
[madt]
entries = '''
gicc 0 0
its 0 0x8080000
'''
""",
            findings=("there are GICC structures, and no GIC distributor",),
        ),
        Example(
            "GICv3 without redistributors",
            """\
[madt]
entries = '''
gicc 0 0
raw 12 00000000000000000008000000000000000003000000
'''
""",
            findings=("the distributor is of GICv3, and there is no redistributor",),
        ),
        Example(
            "an I/O APIC",
            """\
[madt]
entries = '''
lapic 0..1 0..1
raw 1 04000000c0fe00000000
'''
""",
        ),
        Example(
            "only processors, as a part of a table has",
            """\
[madt]
entries = '''
lapic 0..1 0..1
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        if not madt.could_be_read or not madt.controllers:
            return
        gics = [cpu.entry for cpu in madt.cpus if cpu.enabled and cpu.entry.type == GICC]
        distributors = madt.controllers_of(DISTRIBUTOR)
        redistributors = madt.controllers_of(REDISTRIBUTOR)
        if madt.is_x86 and not madt.controllers_of(IO_APIC):
            yield madt.hit("there are local APICs, and no I/O APIC")
        if gics and not distributors:
            yield madt.hit("there are GICC structures, and no GIC distributor")
        old = [one for one in distributors if 0 < one["version"] < FIRST_WITH_REDISTRIBUTORS]
        if old and redistributors:
            version = old[0]["version"]
            message = f"the distributor is of GICv{version}, and there are redistributors"
            yield madt.on(old[0], "version", message)._replace(entry=None)
        elif old and any(gic.gicr_base_address and not gic.base_address for gic in gics):
            version = old[0]["version"]
            message = f"the distributor is of GICv{version}, and processors have redistributors"
            yield madt.on(old[0], "version", message)._replace(entry=None)
        late = [one for one in distributors if one["version"] >= FIRST_WITH_REDISTRIBUTORS]
        if gics and late and not redistributors and not any(g.gicr_base_address for g in gics):
            version = late[0]["version"]
            message = f"the distributor is of GICv{version}, and there is no redistributor"
            yield madt.on(late[0], "version", message)._replace(entry=None)
