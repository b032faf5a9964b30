"""A RISC-V processor names an interrupt controller that is not there.

Checks:
    An enabled RINTC structure whose external interrupt controller id names, in its highest byte, an
    APLIC or PLIC that the table does not have, in a table that has one and could be read.

Why it matters:
    The id is that of the controller that delivers the wired interrupts of the processor.

What Linux does:
    The driver of the controller does not find the processor and leaves it out: wired interrupts
    never arrive there.

How to fix:
    State the id of the controller and the context of the processor in it.

References:
    ACPI 6.6, 5.2.12.27; Linux drivers/acpi/riscv/irq.c, drivers/irqchip/irq-riscv-aplic-direct.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import RINTC, MadtView
from srat_tool.lint.other_controllers import APLIC, PLIC
from srat_tool.lint.rule import Example, MadtRule

ID_SHIFT = 24
_MACHINE = """\
[madt]
entries = '''
rintc 0 0 external_controller_id={id}
raw 26 010000000000000000000000000000006000000000000000000d0000000000800000
'''
"""


class ExternalControllerUnknown(MadtRule):
    id = "MADT026"
    severity = Severity.WARNING
    examples = (
        Example(
            "APLIC 1 of one",
            _MACHINE.format(id="0x1000000"),
            findings=("entry 0 (RINTC): no APLIC or PLIC has id 1",),
        ),
        Example("APLIC 0", _MACHINE.format(id="0x2")),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        known = {one["id"] for one in madt.controllers_of(APLIC, PLIC)}
        if not known or not madt.could_be_read:
            return
        for entry in madt.all_of(RINTC):
            number = entry.external_controller_id >> ID_SHIFT
            if entry.flags & 1 and number not in known:
                message = f"no APLIC or PLIC has id {number}"
                yield madt.at(entry, "external_controller_id", message)
