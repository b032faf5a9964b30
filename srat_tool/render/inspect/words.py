"""What structures, flags and handles are called: numbers to ACPI's words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntFlag
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from srat_tool.base.text import printable
from srat_tool.grammar.registry import CODECS
from srat_tool.tables.kind import Kind
from srat_tool.tables.kinds import KINDS, KindRow, rows_by_class
from srat_tool.tables.structure import Hole


class Words(NamedTuple):
    """The vocabulary of one class of entries.

    Attributes:
        short: the text of a column.
        full: the name in the ACPI specification.
        flags: how the bits of each flag field are called.
    """

    short: str
    full: str
    flags: Mapping[str, type[IntFlag]] = MappingProxyType({})


def _words(row: KindRow) -> Words:
    named = row.structure
    flags = {named.flags_field: row.flags} if named.flags else {}
    return Words(named.label or named.word, named.full, flags)


def _unknown(kind: Kind) -> dict[Any, Words]:
    family = CODECS[kind.signature].family
    return {} if family is None else {family.unknown.make: Words(*kind.unknown)}


WORDS: Mapping[type[Any], Words] = {
    **{made: _words(row) for made, row in rows_by_class().items()},
    **{made: words for kind in KINDS for made, words in _unknown(kind).items()},
    Hole: Words("hole", "no structure"),
}

# Names of MADT structures that this tool keeps whole (ACPI 6.5, table 5.21).
OTHER_CONTROLLERS = {
    1: "I/O APIC",
    2: "interrupt source override",
    3: "NMI source",
    4: "local APIC NMI",
    5: "local APIC address override",
    6: "I/O SAPIC",
    8: "platform interrupt sources",
    10: "local x2APIC NMI",
    12: "GIC distributor",
    13: "GIC MSI frame",
    14: "GIC redistributor",
    16: "multiprocessor wakeup",
    18: "legacy I/O PIC",
    19: "HyperTransport PIC",
    20: "extended I/O PIC",
    21: "MSI PIC",
    22: "bridge I/O PIC",
    23: "LPC PIC",
    25: "incoming MSI controller",
    26: "APLIC",
    27: "PLIC",
}

HMAT_DATA_TYPES = (
    "access latency",
    "read latency",
    "write latency",
    "access bandwidth",
    "read bandwidth",
    "write bandwidth",
)


@cache
def flag_names(kind: type[IntFlag], value: int) -> tuple[str, ...]:
    """Return the set bits by name, lowest first; a bit without a name as `bit 7`."""
    named = {flag.value: str(flag.name).lower() for flag in kind}
    bits = (1 << place for place in range(value.bit_length()))
    return tuple(named.get(bit, f"bit_{bit.bit_length() - 1}") for bit in bits if value & bit)


def bdf(number: int) -> str:
    """Return bus, device and function of a 16-bit requester id: `3a:00.0`."""
    return f"{number >> 8:02x}:{number >> 3 & 0x1F:02x}.{number & 7}"


def device_handle(kind: int, handle: bytes) -> str:
    """Return a device in its usual notation: `HID:UID` for ACPI, `SSSS:BB:DD.F` for PCI."""
    if kind == 0:
        uid = int.from_bytes(handle[8:12], "little")
        return f"{printable(handle[:8].rstrip(bytes(1)))}:{uid}"
    if kind == 1:
        segment = int.from_bytes(handle[:2], "little")
        return f"{segment:04x}:{bdf(handle[2] << 8 | handle[3])}"
    return handle.hex()


def device(entry: Any) -> str:
    """Return the device of a generic initiator or port."""
    return device_handle(entry.device_handle_type, entry.device_handle)
