"""Two interrupt controllers have one id or one address.

Checks:
    I/O APICs, and likewise BIO PICs, APLICs or PLICs, with one id, one address or one first
    interrupt (GSI); EIO PICs of one node or at one input of the processor; MSI frames and
    interrupt translation services with one id or one address; redistributors with one address;
    more than one GIC distributor, local APIC address override, multiprocessor wakeup structure,
    LIO PIC, HT PIC, LPC PIC or IMSIC structure.

Why it matters:
    One of the two cannot be found, or is configured twice.

What Linux does:
    Linux on x86 leaves the second I/O APIC out: it prints that its address "conflicts with
    IOAPIC0" or that its GSI range "conflicts with GSI" of another one; of two with one id the
    second gets another id. On LoongArch each EIO PIC raises an input of its own, and the handler
    of the second one replaces that of the first.

How to fix:
    Give each controller its own id, address and interrupts; leave out the copy.

References:
    ACPI 6.5, 5.2.12.3 and 5.2.12.15 to 5.2.12.18; Linux arch/x86/kernel/apic/io_apic.c
    mp_register_ioapic, drivers/irqchip/irq-loongson-eiointc.c eiointc_init; observed with Linux
    6.1 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from srat_tool.lint import other_controllers as madt_types
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.rule import Example, MadtRule

DISTINCT = {
    madt_types.IO_APIC: ("address", "GSI base", "id"),
    madt_types.IO_SAPIC: ("address", "GSI base", "id"),
    madt_types.MSI_FRAME: ("address", "id"),
    madt_types.ITS: ("id", "address"),
    madt_types.REDISTRIBUTOR: ("address",),
    madt_types.BIO_PIC: ("id", "address", "GSI base"),
    madt_types.EIO_PIC: ("node", "cascade"),
    madt_types.APLIC: ("id", "address", "GSI base"),
    madt_types.PLIC: ("id", "address", "GSI base"),
}
SINGLE = (
    madt_types.DISTRIBUTOR,
    madt_types.LOCAL_ADDRESS,
    madt_types.WAKEUP,
    madt_types.LIO_PIC,
    madt_types.HT_PIC,
    madt_types.LPC_PIC,
    madt_types.IMSIC,
)


class DuplicateController(MadtRule):
    id = "MADT009"
    severity = Severity.WARNING
    examples = (
        Example(
            "two I/O APICs at one address",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000c0fe00000000
raw 1 05000000c0fe18000000
'''
""",
            findings=("entry 2 (I/O APIC): address 0xfec00000 is that of entry 1 (I/O APIC) too",),
        ),
        Example(
            "two translation services with one id",
            """\
[madt]
entries = '''
gicc 0 0
its 3 0x8080000
its 3 0x80a0000
'''
""",
            findings=("entry 2 (ITS): id 3 is that of entry 1 (ITS) too",),
        ),
        Example(
            "two distributors",
            """\
[madt]
entries = '''
gicc 0 0
raw 12 00000000000000000008000000000000000003000000
raw 12 00000100000000000009000000000000000003000000
'''
""",
            findings=(
                "entry 2 (GIC distributor): there is one in entry 1 (GIC distributor) already",
            ),
        ),
        Example(
            "two EIO PICs at one input",
            """\
[madt]
entries = '''
corepic 0 0
raw 20 0103000100000000000000
raw 20 0103010200000000000000
'''
""",
            findings=("entry 2 (EIO PIC): cascade 3 is that of entry 1 (EIO PIC) too",),
        ),
        Example(
            "two I/O APICs",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000c0fe00000000
raw 1 05000010c0fe18000000
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        seen: dict[tuple[int, str, int], Any] = {}
        for one in madt.controllers:
            kind = one.entry.type
            for field in DISTINCT.get(kind, ()):
                first = seen.setdefault((kind, field, one[field]), one.entry)
                if first is not one.entry:
                    message = f"{one.text(field)} is that of {madt.name(first)} too"
                    yield madt.on(one, field, message)
                    break
            if kind in SINGLE:
                first = seen.setdefault((kind, "", 0), one.entry)
                if first is not one.entry:
                    yield madt.at(one.entry, "type", f"there is one in {madt.name(first)} already")
