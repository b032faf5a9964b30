"""The interrupt files of RISC-V processors are described wrongly.

Checks:
    An IMSIC structure whose number of interrupt identities, for the processor or for guests, is
    not 63, 127 and so on up to 2047; with more index bits than an address has; and, where there
    is such a structure, an enabled RINTC without address or size of its interrupt file. No
    identities for guests is a note.

Why it matters:
    Message-signaled interrupts do not arrive.

What Linux does:
    Linux prints "invalid number of interrupt identities", "invalid number of guest interrupt
    identities" or "hart index bits too big", and no device has message-signaled interrupts.

How to fix:
    State what the processors have.

References:
    ACPI 6.6, 5.2.12; RISC-V AIA, 3.1; Linux drivers/irqchip/irq-riscv-imsic-state.c
    imsic_parse_fwnode.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import RINTC, MadtView
from srat_tool.lint.other_controllers import IMSIC, Controller
from srat_tool.lint.rule import Example, MadtRule

MIN_IDENTITIES, MAX_IDENTITIES = 63, 2047
ADDRESS_BITS = 64
PAGE_BITS = 12


class ImsicImplausible(MadtRule):
    id = "MADT021"
    severity = Severity.ERROR
    examples = (
        Example(
            "64 identities",
            """\
[madt]
entries = '''
rintc 0 0 imsic_base_address=0x28000000 imsic_size=0x1000
raw 25 0100000000004000ff0000000018
'''
""",
            findings=("entry 1 (IMSIC): identities is 64, expected 63, 127 ... 2047",),
        ),
        Example(
            "255 identities",
            """\
[madt]
entries = '''
rintc 0 0 imsic_base_address=0x28000000 imsic_size=0x1000
raw 25 010000000000ff00ff0000000018
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        files = madt.controllers_of(IMSIC)
        for one in files:
            for field in ("identities", "guest identities"):
                yield from _identities(madt, one, field)
            index = one["guest index bits"] + one["hart index bits"]
            if index > ADDRESS_BITS - PAGE_BITS:
                yield madt.on(one, "hart index bits", f"{index} index bits are more than fit")
            group = one["group index bits"]
            if group and group + one["group index shift"] > ADDRESS_BITS:
                yield madt.on(one, "group index bits", "the group index is outside an address")
        enabled = [entry for entry in madt.all_of(RINTC) if entry.flags & 1] if files else []
        for entry in enabled:
            for field in ("imsic_base_address", "imsic_size"):
                if not getattr(entry, field):
                    yield madt.at(entry, field, f"{field} is 0, and there is an IMSIC")


def _identities(madt: MadtView, one: Controller, field: str) -> Iterator[Hit]:
    number = one[field]
    if not MIN_IDENTITIES <= number <= MAX_IDENTITIES or number & MIN_IDENTITIES != MIN_IDENTITIES:
        hit = madt.on(one, field, f"{field} is {number}, expected 63, 127 ... 2047")
        none = field == "guest identities" and not number
        yield hit._replace(severity=Severity.INFO) if none else hit
