"""Multiple APIC Description Table (ACPI 6.5, 5.2.12), as far as it names processors.

Structures that name none (I/O APICs, overrides and so on) are kept as `OtherController`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from typing import NamedTuple, TypeAlias

from srat_tool.tables.header import Header
from srat_tool.tables.structure import Hole


class LocalApicFlags(IntFlag):
    """Local APIC flags (5.2.12.2), shared by all types but the GICC."""

    ENABLED = 1
    ONLINE_CAPABLE = 2


class GiccFlags(IntFlag):
    """GICC CPU Interface flags (5.2.12.14)."""

    ENABLED = 1
    PERFORMANCE_EDGE_TRIGGERED = 2
    VGIC_EDGE_TRIGGERED = 4
    ONLINE_CAPABLE = 8


class LocalApic(NamedTuple):
    """Type 0: Processor Local APIC (5.2.12.2)."""

    offset: int
    type: int
    length: int
    acpi_processor_uid: int
    apic_id: int
    flags: int
    extra: bytes = b""


class LocalSapic(NamedTuple):
    """Type 7: Local SAPIC (5.2.12.10); `uid_string` ends in a NUL where the table is sound."""

    offset: int
    type: int
    length: int
    acpi_processor_id: int
    local_sapic_id: int
    local_sapic_eid: int
    reserved1: bytes
    flags: int
    acpi_processor_uid: int
    uid_string: bytes = b""
    extra: bytes = b""


class LocalX2Apic(NamedTuple):
    """Type 9: Processor Local x2APIC (5.2.12.12)."""

    offset: int
    type: int
    length: int
    reserved1: int
    x2apic_id: int
    flags: int
    acpi_processor_uid: int
    extra: bytes = b""


class Gicc(NamedTuple):
    """Type 11: GIC CPU Interface (5.2.12.14); fields of later editions are None in shorter ones."""

    offset: int
    type: int
    length: int
    reserved1: int
    interface_number: int
    acpi_processor_uid: int
    flags: int
    parking_protocol_version: int
    performance_interrupt: int
    parked_address: int
    base_address: int
    gicv: int | None = None
    gich: int | None = None
    vgic_maintenance_interrupt: int | None = None
    gicr_base_address: int | None = None
    mpidr: int | None = None
    efficiency_class: int | None = None
    reserved2: int | None = None
    spe_interrupt: int | None = None
    trbe_interrupt: int | None = None
    iaffid: int | None = None
    irs_id: int | None = None
    extra: bytes = b""


class GicIts(NamedTuple):
    """Type 15: GIC Interrupt Translation Service (5.2.12.18)."""

    offset: int
    type: int
    length: int
    flags: int
    reserved1: int
    translation_id: int
    base_address: int
    reserved2: int
    extra: bytes = b""


class CorePic(NamedTuple):
    """Type 17: Core Programmable Interrupt Controller of LoongArch (5.2.12.20)."""

    offset: int
    type: int
    length: int
    version: int
    acpi_processor_id: int
    core_id: int
    flags: int
    extra: bytes = b""


class Rintc(NamedTuple):
    """Type 24: RISC-V Interrupt Controller (ACPI 6.6)."""

    offset: int
    type: int
    length: int
    version: int
    reserved1: int
    flags: int
    hart_id: int
    acpi_processor_uid: int
    external_controller_id: int
    imsic_base_address: int
    imsic_size: int
    extra: bytes = b""


class OtherController(NamedTuple):
    """A structure that names no processor, kept whole; `extra` is all of its payload."""

    offset: int
    type: int
    length: int
    extra: bytes = b""


MadtEntry: TypeAlias = (
    LocalApic | LocalSapic | LocalX2Apic | Gicc | GicIts | CorePic | Rintc | OtherController | Hole
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Madt:
    """A whole MADT.

    Attributes:
        header: the common header; the signature is `APIC`.
        local_address: the 32-bit address of the local interrupt controllers.
        flags: bit 0 is PCAT_COMPAT.
        entries: every structure in table order.
        size: bytes that were really there.
    """

    header: Header
    local_address: int
    flags: int
    entries: tuple[MadtEntry, ...]
    size: int
