"""There are fewer redistributors than processors.

Checks:
    A table with redistributor ranges whose bytes hold fewer redistributors, of 128 KiB, than
    there are enabled GICC structures; in a table without such ranges, an enabled GICC structure
    without the address of a redistributor where others have one.

Why it matters:
    Each processor has a redistributor, through which its interrupts arrive.

What Linux does:
    Linux ignores the addresses in the GICC structures where there is a range. For a processor
    that it does not find in the ranges it prints "has no re-distributor!", and the processor does
    not start.

How to fix:
    State the ranges of all redistributors.

References:
    ACPI 6.5, 5.2.12.17; Linux drivers/irqchip/irq-gic-v3.c gic_populate_rdist.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.words import plural
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import GICC, MadtView
from srat_tool.lint.other_controllers import REDISTRIBUTOR, REDISTRIBUTOR_BYTES
from srat_tool.lint.rule import Example, MadtRule


class RedistributorsTooFew(MadtRule):
    id = "MADT020"
    severity = Severity.ERROR
    examples = (
        Example(
            "one for two processors",
            """\
[madt]
entries = '''
gicc 0 0
gicc 1 1
raw 12 00000000000000000008000000000000000003000000
raw 14 0000000000090000000000000200
'''
""",
            findings=("entry 3 (GIC redistributor): room for 1 redistributor of 2 processors",),
        ),
        Example(
            "none for the second processor",
            """\
[madt]
entries = '''
gicc 0 0 gicr_base_address=0x90000000
gicc 1 1
raw 12 00000000000000000008000000000000000003000000
'''
""",
            findings=("entry 1 (GICC): there is no redistributor, and other processors have one",),
        ),
        Example(
            "one for each",
            """\
[madt]
entries = '''
gicc 0 0
gicc 1 1
raw 12 00000000000000000008000000000000000003000000
raw 14 0000000000090000000000000400
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        if not madt.could_be_read:
            return
        ranges = madt.controllers_of(REDISTRIBUTOR)
        gics = [cpu.entry for cpu in madt.cpus if cpu.enabled and cpu.entry.type == GICC]
        if not ranges and any(entry.gicr_base_address for entry in gics):
            for entry in gics:
                if not entry.gicr_base_address:
                    message = "there is no redistributor, and other processors have one"
                    yield madt.at(entry, "gicr_base_address", message)
        sizes = {one["address"]: one["size"] for one in ranges}
        room = sum(size // REDISTRIBUTOR_BYTES for size in sizes.values())
        if all(sizes.values()) and ranges and room < len(gics):
            message = f"room for {plural(room, 'redistributor')}"
            message = f"{message} of {plural(len(gics), 'processor')}"
            yield madt.on(ranges[-1], "size", message)
