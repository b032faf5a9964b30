"""What structures, flags and handles are called: numbers to ACPI's words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntFlag
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from srat_tool.base.text import printable
from srat_tool.tables import cedt, hmat, madt, msct, pptt, srat
from srat_tool.tables.structure import Hole


class Words(NamedTuple):
    """The vocabulary of one class of entries.

    Attributes:
        short: what a person reads in a column.
        full: the name in the ACPI specification.
        flags: how the bits of each flag field are called.
    """

    short: str
    full: str
    flags: Mapping[str, type[IntFlag]] = MappingProxyType({})


_PROCESSOR: Mapping[str, type[IntFlag]] = {"flags": srat.ProcessorFlags}
_GENERIC: Mapping[str, type[IntFlag]] = {"flags": srat.GenericFlags}
_CONTROLLER: Mapping[str, type[IntFlag]] = {"flags": madt.LocalApicFlags}

WORDS: dict[type[Any], Words] = {
    srat.ProcessorAffinity: Words("apic", "Processor Local APIC/SAPIC Affinity", _PROCESSOR),
    srat.MemoryAffinity: Words("memory", "Memory Affinity", {"flags": srat.MemoryFlags}),
    srat.X2ApicAffinity: Words("x2apic", "Processor Local x2APIC Affinity", _PROCESSOR),
    srat.GiccAffinity: Words("gicc", "GICC Affinity", _PROCESSOR),
    srat.GicItsAffinity: Words("its", "GIC Interrupt Translation Service Affinity"),
    srat.GenericInitiatorAffinity: Words("initiator", "Generic Initiator Affinity", _GENERIC),
    srat.GenericPortAffinity: Words("port", "Generic Port Affinity", _GENERIC),
    srat.RintcAffinity: Words("rintc", "RINTC Affinity", _PROCESSOR),
    srat.UnknownAffinity: Words("unknown", "unknown structure"),
    hmat.MemoryAttributes: Words(
        "memory", "Memory Proximity Domain Attributes", {"flags": hmat.MemoryProximityFlags}
    ),
    hmat.LatencyBandwidth: Words("locality", "System Locality Latency and Bandwidth Information"),
    hmat.MemorySideCache: Words("cache", "Memory Side Cache Information"),
    hmat.UnknownAttribute: Words("unknown", "unknown structure"),
    msct.DomainInformation: Words("domains", "Maximum Proximity Domain Information"),
    msct.UnknownInformation: Words("unknown", "unknown structure"),
    cedt.Chbs: Words("CHBS", "CXL Host Bridge Structure"),
    cedt.Cfmws: Words(
        "CFMWS", "CXL Fixed Memory Window Structure", {"restrictions": cedt.WindowRestrictions}
    ),
    cedt.Cxims: Words("CXIMS", "CXL XOR Interleave Math Structure"),
    cedt.Rdpas: Words("RDPAS", "RCEC Downstream Port Association Structure"),
    cedt.Csds: Words("CSDS", "CXL System Description Structure"),
    cedt.UnknownDiscovery: Words("unknown", "unknown structure"),
    madt.LocalApic: Words("apic", "Processor Local APIC", _CONTROLLER),
    madt.LocalSapic: Words("sapic", "Local SAPIC", _CONTROLLER),
    madt.LocalX2Apic: Words("x2apic", "Processor Local x2APIC", _CONTROLLER),
    madt.Gicc: Words("gicc", "GIC CPU Interface", {"flags": madt.GiccFlags}),
    madt.GicIts: Words("its", "GIC Interrupt Translation Service"),
    madt.CorePic: Words("core pic", "Core Programmable Interrupt Controller", _CONTROLLER),
    madt.Rintc: Words("rintc", "RISC-V Interrupt Controller", _CONTROLLER),
    madt.OtherController: Words("other", "structure that names no processor"),
    pptt.ProcessorNode: Words("node", "Processor Hierarchy Node", {"flags": pptt.NodeFlags}),
    pptt.Cache: Words("cache", "Cache Type Structure", {"flags": pptt.CacheFlags}),
    pptt.Identifier: Words("id", "ID Structure"),
    pptt.OtherTopology: Words("other", "structure of another type"),
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
