"""An MSI controller has no interrupts, or some that do not exist.

Checks:
    A LoongArch MSI PIC without vectors, or with vectors from 256 on, which the EIO PIC does not
    have; a GIC MSI frame whose SPI count and base are valid and whose interrupts are none, or not
    between 32 and 1019.

Why it matters:
    Devices get their message-signaled interrupts from this range.

What Linux does:
    Linux prints "Failed to parse MSI frame" or "Failed to find a valid range" where there are no
    interrupts, and devices get none; an interrupt that does not exist never arrives.

How to fix:
    State the first interrupt and how many there are.

References:
    ACPI 6.5, 5.2.12.16 and 5.2.12.23; Linux drivers/irqchip/irq-gic-v2m.c gicv2m_init_one,
    drivers/irqchip/irq-loongson-pch-msi.c, drivers/irqchip/irq-loongson-eiointc.c VEC_COUNT.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.other_controllers import MSI_FRAME, MSI_PIC, Controller
from srat_tool.lint.rule import Example, MadtRule

VECTORS = range(256)
"""The interrupts of a LoongArch EIO PIC."""
SHARED = range(32, 1020)
"""The shared peripheral interrupts of a GIC."""


class MessageInterrupts(MadtRule):
    id = "MADT024"
    severity = Severity.WARNING
    examples = (
        Example(
            "no vectors",
            """\
[madt]
entries = '''
corepic 0 0
raw 21 010000f02f000000004000000000000000
'''
""",
            findings=("entry 1 (MSI PIC): there are 0 interrupts",),
        ),
        Example(
            "private interrupts of processors",
            """\
[madt]
entries = '''
gicc 0 0
raw 13 0000000000000000022c000000000100000040001000
'''
""",
            findings=("entry 1 (GIC MSI frame): interrupts 16 to 79 are not within 32 to 1019",),
        ),
        Example(
            "vectors of an EIO PIC",
            """\
[madt]
entries = '''
corepic 0 0
raw 21 010000f02f0000000040000000c0000000
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        for one in madt.controllers_of(MSI_PIC):
            yield from _judge(madt, one, VECTORS)
        for one in madt.controllers_of(MSI_FRAME):
            if one["flags"] & 1:
                yield from _judge(madt, one, SHARED)


def _judge(madt: MadtView, one: Controller, known: range) -> Iterator[Hit]:
    first, stop = one["first"], one["first"] + one["count"]
    if first == stop:
        yield madt.on(one, "count", "there are 0 interrupts")
    elif first < known.start or stop > known.stop:
        field = "first" if first not in known else "count"
        message = f"interrupts {first} to {stop - 1} are not within"
        yield madt.on(one, field, f"{message} {known.start} to {known.stop - 1}")
