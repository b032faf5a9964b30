"""Structures of the MADT that name no processor, as far as rules read them.

The offsets are those of ACPI 6.5, 5.2.12.3 to 5.2.12.26, and of ACPI 6.6 for RISC-V; the grammar
stores the structures whole.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

from srat_tool.base.span import Span
from srat_tool.base.units import KIB
from srat_tool.lint.opaque import OpaqueStructure

IO_APIC, OVERRIDE, NMI_SOURCE, LOCAL_NMI, LOCAL_ADDRESS, IO_SAPIC = 1, 2, 3, 4, 5, 6
X2APIC_NMI, DISTRIBUTOR, MSI_FRAME, REDISTRIBUTOR, ITS, WAKEUP = 10, 12, 13, 14, 15, 16
LIO_PIC, HT_PIC, EIO_PIC, MSI_PIC, BIO_PIC, LPC_PIC = 18, 19, 20, 21, 22, 23
IMSIC, APLIC, PLIC = 25, 26, 27

NAMES: Mapping[int, str] = {
    IO_APIC: "I/O APIC",
    OVERRIDE: "interrupt source override",
    NMI_SOURCE: "NMI source",
    LOCAL_NMI: "local APIC NMI",
    LOCAL_ADDRESS: "local APIC address override",
    IO_SAPIC: "I/O SAPIC",
    8: "platform interrupt source",
    X2APIC_NMI: "local x2APIC NMI",
    DISTRIBUTOR: "GIC distributor",
    MSI_FRAME: "GIC MSI frame",
    REDISTRIBUTOR: "GIC redistributor",
    ITS: "ITS",
    WAKEUP: "multiprocessor wakeup",
    LIO_PIC: "LIO PIC",
    HT_PIC: "HT PIC",
    EIO_PIC: "EIO PIC",
    MSI_PIC: "MSI PIC",
    BIO_PIC: "BIO PIC",
    LPC_PIC: "LPC PIC",
    IMSIC: "IMSIC",
    APLIC: "APLIC",
    PLIC: "PLIC",
}

SIZES: Mapping[int, int] = {
    1: 12,
    2: 10,
    3: 8,
    4: 6,
    5: 12,
    6: 16,
    8: 16,
    10: 12,
    12: 24,
    13: 24,
    14: 16,
    16: 16,
    18: 23,
    19: 21,
    20: 13,
    21: 19,
    22: 17,
    23: 14,
    25: 16,
    26: 36,
    27: 36,
}
"""Bytes that the structures have at least."""

_FIELDS: Mapping[int, Mapping[str, tuple[int, str]]] = {
    IO_APIC: {"id": (2, "B"), "reserved": (3, "B"), "address": (4, "I"), "GSI base": (8, "I")},
    OVERRIDE: {"bus": (2, "B"), "source": (3, "B"), "GSI": (4, "I"), "flags": (8, "H")},
    NMI_SOURCE: {"flags": (2, "H"), "GSI": (4, "I")},
    LOCAL_NMI: {"UID": (2, "B"), "flags": (3, "H"), "LINT": (5, "B")},
    LOCAL_ADDRESS: {"reserved": (2, "H"), "address": (4, "Q")},
    IO_SAPIC: {"id": (2, "B"), "reserved": (3, "B"), "GSI base": (4, "I"), "address": (8, "Q")},
    X2APIC_NMI: {"flags": (2, "H"), "UID": (4, "I"), "LINT": (8, "B"), "reserved": (9, "3s")},
    DISTRIBUTOR: {
        "reserved": (2, "H"),
        "id": (4, "I"),
        "address": (8, "Q"),
        "reserved vector base": (16, "I"),
        "version": (20, "B"),
        "reserved2": (21, "3s"),
    },
    MSI_FRAME: {
        "reserved": (2, "H"),
        "id": (4, "I"),
        "address": (8, "Q"),
        "flags": (16, "I"),
        "count": (20, "H"),
        "first": (22, "H"),
    },
    REDISTRIBUTOR: {"reserved": (2, "H"), "address": (4, "Q"), "size": (12, "I")},
    ITS: {"id": (4, "I"), "address": (8, "Q")},
    WAKEUP: {"version": (2, "H"), "reserved": (4, "I"), "address": (8, "Q")},
    LIO_PIC: {"version": (2, "B"), "address": (3, "Q"), "size": (11, "H")},
    HT_PIC: {"version": (2, "B"), "address": (3, "Q"), "size": (11, "H")},
    EIO_PIC: {"version": (2, "B"), "cascade": (3, "B"), "node": (4, "B")},
    MSI_PIC: {"version": (2, "B"), "address": (3, "Q"), "first": (11, "I"), "count": (15, "I")},
    BIO_PIC: {
        "version": (2, "B"),
        "address": (3, "Q"),
        "size": (11, "H"),
        "id": (13, "H"),
        "GSI base": (15, "H"),
    },
    LPC_PIC: {"version": (2, "B"), "address": (3, "Q"), "size": (11, "H")},
    IMSIC: {
        "version": (2, "B"),
        "reserved": (3, "B"),
        "reserved flags": (4, "I"),
        "identities": (8, "H"),
        "guest identities": (10, "H"),
        "guest index bits": (12, "B"),
        "hart index bits": (13, "B"),
        "group index bits": (14, "B"),
        "group index shift": (15, "B"),
    },
    APLIC: {
        "version": (2, "B"),
        "id": (3, "B"),
        "reserved flags": (4, "I"),
        "sources": (18, "H"),
        "GSI base": (20, "I"),
        "address": (24, "Q"),
        "size": (32, "I"),
    },
    PLIC: {
        "version": (2, "B"),
        "id": (3, "B"),
        "sources": (12, "H"),
        "reserved flags": (16, "I"),
        "size": (20, "I"),
        "address": (24, "Q"),
        "GSI base": (32, "I"),
    },
}

LOCAL_APIC_BYTES = 4 * KIB
# Bytes of registers where the structure does not state them; a distributor of GICv3 or later.
_REGISTERS: Mapping[int, int] = {
    IO_APIC: 0x14,
    LOCAL_ADDRESS: LOCAL_APIC_BYTES,
    DISTRIBUTOR: 64 * KIB,
    MSI_FRAME: 4 * KIB,
    ITS: 128 * KIB,
}
_GICV2_REGISTERS = 4 * KIB
REDISTRIBUTOR_BYTES = 128 * KIB
FIRST_WITH_REDISTRIBUTORS = 3


class Controller(OpaqueStructure):
    """A structure that names no processor."""

    __slots__ = ()

    @property
    def registers(self) -> Span | None:
        """Addresses of the registers; None where there are none or their number is unknown."""
        size = self["size"] if "size" in self.fields else _REGISTERS.get(self.entry.type, 0)
        if self.entry.type == DISTRIBUTOR and 0 < self["version"] < FIRST_WITH_REDISTRIBUTORS:
            size = _GICV2_REGISTERS
        if not size or not self["address"]:
            return None
        return Span(self["address"], self["address"] + size)

    def text(self, name: str) -> str:
        """Return a field and its value: `address 0xfec00000`."""
        value = self[name]
        return f"{name} {value:#x}" if name == "address" else f"{name} {value}"


def controller(entry: Any, data: bytes) -> Controller | None:
    """Return a structure of a table read, or None when it is too short or of another type."""
    fields = _FIELDS.get(entry.type)
    if fields is None or entry.length < SIZES.get(entry.type, 20):
        return None
    found = {}
    for name, (at, code) in fields.items():
        size = struct.calcsize(f"<{code}")
        if entry.offset + at + size > len(data):
            return None
        raw = data[entry.offset + at : entry.offset + at + size]
        found[name] = (int.from_bytes(raw, "little"), at, size)
    return Controller(entry, found)


POLARITY_AND_TRIGGER = 0xF


def flags_problem(flags: int) -> str | None:
    """Return what is wrong with the flags of an interrupt (MPS INTI flags), or None."""
    if flags & 3 == 2:
        return "polarity 2 is reserved"
    if flags >> 2 & 3 == 2:
        return "trigger mode 2 is reserved"
    if flags & ~POLARITY_AND_TRIGGER:
        return f"reserved bits {flags & ~POLARITY_AND_TRIGGER:#x} of the flags are set"
    return None
