"""Structures of the MADT that name no processor, as far as rules read them.

The offsets are those of ACPI 6.5, 5.2.12.3 to 5.2.12.19; the grammar stores the structures whole.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

from srat_tool.base.values import dataclass

IO_APIC, OVERRIDE, NMI_SOURCE, LOCAL_NMI, LOCAL_ADDRESS, IO_SAPIC = 1, 2, 3, 4, 5, 6
X2APIC_NMI, DISTRIBUTOR, MSI_FRAME, REDISTRIBUTOR, ITS, WAKEUP = 10, 12, 13, 14, 15, 16

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
}
"""Bytes that the structures have at least."""

_FIELDS: Mapping[int, Mapping[str, tuple[int, str]]] = {
    IO_APIC: {"id": (2, "B"), "reserved": (3, "B"), "address": (4, "I"), "GSI base": (8, "I")},
    OVERRIDE: {"bus": (2, "B"), "source": (3, "B"), "GSI": (4, "I"), "flags": (8, "H")},
    NMI_SOURCE: {"flags": (2, "H"), "GSI": (4, "I")},
    LOCAL_NMI: {"UID": (2, "B"), "flags": (3, "H"), "LINT": (5, "B")},
    LOCAL_ADDRESS: {"reserved": (2, "H"), "address": (4, "Q")},
    IO_SAPIC: {"id": (2, "B"), "reserved": (3, "B"), "GSI base": (4, "I"), "address": (8, "Q")},
    X2APIC_NMI: {"flags": (2, "H"), "UID": (4, "I"), "LINT": (8, "B")},
    DISTRIBUTOR: {
        "reserved": (2, "H"),
        "id": (4, "I"),
        "address": (8, "Q"),
        "version": (20, "B"),
    },
    MSI_FRAME: {"reserved": (2, "H"), "id": (4, "I"), "address": (8, "Q")},
    REDISTRIBUTOR: {"reserved": (2, "H"), "address": (4, "Q"), "size": (12, "I")},
    ITS: {"id": (4, "I"), "address": (8, "Q")},
    WAKEUP: {"version": (2, "H"), "address": (8, "Q")},
}


@dataclass(frozen=True, slots=True)
class Controller:
    """A structure that names no processor, and its fields by name.

    Attributes:
        entry: the structure.
        fields: value, offset in the structure and size of each field.
    """

    entry: Any
    fields: Mapping[str, tuple[int, int, int]]

    def __getitem__(self, name: str) -> int:
        """Return the value of a field."""
        return self.fields[name][0]

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
        found[name] = (struct.unpack_from(f"<{code}", data, entry.offset + at)[0], at, size)
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
