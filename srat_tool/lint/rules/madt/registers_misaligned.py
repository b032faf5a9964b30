"""The registers of an interrupt controller are not aligned.

Checks:
    An address of a GIC redistributor or translation service, or of a distributor of GICv3 or
    later, that is not a multiple of 64 KiB; of another distributor, an MSI frame, an APLIC, a PLIC,
    the interrupt file of a RINTC, the local APICs or a wakeup mailbox that is not a multiple of
    4 KiB; of an I/O APIC that is not a multiple of 256; a redistributor range whose length is not a
    multiple of 64 KiB.

Why it matters:
    The registers are in whole frames of that size, so that the address cannot be right.

What Linux does:
    Linux maps the address as it is, and reads other registers than those that are meant.

How to fix:
    State the address of the first frame.

References:
    GICv3 architecture specification, 12.10; RISC-V AIA, 3.5 and 4.5; ACPI 6.5, 5.2.12.19; Intel
    82093AA I/O APIC, 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import KIB
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import RINTC, MadtView
from srat_tool.lint.other_controllers import (
    APLIC,
    DISTRIBUTOR,
    FIRST_WITH_REDISTRIBUTORS,
    IO_APIC,
    ITS,
    LOCAL_ADDRESS,
    MSI_FRAME,
    PLIC,
    REDISTRIBUTOR,
    WAKEUP,
)
from srat_tool.lint.rule import Example, MadtRule

FRAMES = {
    IO_APIC: 256,
    ITS: 64 * KIB,
    DISTRIBUTOR: 64 * KIB,
    REDISTRIBUTOR: 64 * KIB,
    MSI_FRAME: 4 * KIB,
    APLIC: 4 * KIB,
    PLIC: 4 * KIB,
    LOCAL_ADDRESS: 4 * KIB,
    WAKEUP: 4 * KIB,
}
PAGE = 4 * KIB


class RegistersMisaligned(MadtRule):
    id = "MADT019"
    severity = Severity.WARNING
    examples = (
        Example(
            "a translation service in the middle of a frame",
            """\
[madt]
entries = '''
gicc 0 0
its 0 0x8081000
'''
""",
            findings=("entry 1 (ITS): address 0x8081000 is no multiple of 64 KiB",),
        ),
        Example(
            "at the beginning of one",
            """\
[madt]
entries = '''
gicc 0 0
its 0 0x8080000
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        for one in madt.controllers_of(*FRAMES):
            frame = FRAMES[one.entry.type]
            if one.entry.type == DISTRIBUTOR and one["version"] < FIRST_WITH_REDISTRIBUTORS:
                frame = PAGE
            fields = ("address", "size") if one.entry.type == REDISTRIBUTOR else ("address",)
            for field in fields:
                if one[field] % frame:
                    unit = f"{frame // KIB} KiB" if frame >= KIB else f"{frame} bytes"
                    message = f"{field} {one[field]:#x} is no multiple of {unit}"
                    yield madt.on(one, field, message)
        for entry in madt.all_of(RINTC):
            if entry.imsic_base_address % PAGE:
                message = f"IMSIC address {entry.imsic_base_address:#x} is no multiple of 4 KiB"
                yield madt.at(entry, "imsic_base_address", message)
        local = madt.decoded.table.local_address
        if madt.is_x86 and local % PAGE:
            yield madt.hit(f"the local address {local:#x} is no multiple of 4 KiB", 36, 4)
