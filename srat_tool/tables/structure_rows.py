"""The structures of each kind of table: one row for each, by type.

Reading, searching, writing, judging and showing follow from these rows; only what a structure means
is code elsewhere. A new structure costs its class in `tables`, its declaration in
`grammar/declared` and its row here.
"""

from __future__ import annotations

from typing import Any

from srat_tool.tables.kind import Structure


def _srat_cpu(kind: int, made: str, word: str, full: str, **more: Any) -> Structure:
    defaults: dict[str, Any] = {"domain": "proximity_domain", "flags": "ProcessorFlags"}
    defaults["counts"] = (more["id"], "clock_domain")
    return Structure(kind, made, word, full, is_processor=True, **defaults | more)


SRAT = (
    _srat_cpu(
        0,
        "ProcessorAffinity",
        "apic",
        "Processor Local APIC/SAPIC Affinity",
        name="processor",
        id="apic_id",
        space="apic",
    ),
    Structure(
        1,
        "MemoryAffinity",
        "mem",
        "Memory Affinity",
        "memory",
        label="memory",
        domain="proximity_domain",
        flags="MemoryFlags",
    ),
    _srat_cpu(
        2,
        "X2ApicAffinity",
        "x2apic",
        "Processor Local x2APIC Affinity",
        name="x2APIC",
        id="x2apic_id",
        space="apic",
    ),
    _srat_cpu(
        3,
        "GiccAffinity",
        "gicc",
        "GICC Affinity",
        name="GICC",
        id="acpi_processor_uid",
        space="uid",
    ),
    Structure(
        4,
        "GicItsAffinity",
        "its",
        "GIC Interrupt Translation Service Affinity",
        "ITS",
        domain="proximity_domain",
        id="its_id",
        counts=("its_id",),
    ),
    Structure(
        5,
        "GenericInitiatorAffinity",
        "initiator",
        "Generic Initiator Affinity",
        "generic initiator",
        domain="proximity_domain",
        flags="GenericFlags",
    ),
    Structure(
        6,
        "GenericPortAffinity",
        "port",
        "Generic Port Affinity",
        "generic port",
        domain="proximity_domain",
        flags="GenericFlags",
    ),
    _srat_cpu(
        7,
        "RintcAffinity",
        "rintc",
        "RINTC Affinity",
        name="RINTC",
        id="acpi_processor_uid",
        space="uid",
    ),
)

HMAT = (
    Structure(
        0,
        "MemoryAttributes",
        "memory",
        "Memory Proximity Domain Attributes",
        "memory attributes",
        domain="memory_domain",
        flags="MemoryProximityFlags",
        defined={"flags": 1},
    ),
    Structure(
        1,
        "LatencyBandwidth",
        "locality",
        "System Locality Latency and Bandwidth Information",
        "latency and bandwidth",
        defined={"flags": 0x3F},
    ),
    Structure(
        2,
        "MemorySideCache",
        "cache",
        "Memory Side Cache Information",
        "memory side cache",
        domain="memory_domain",
    ),
)

CEDT = (
    Structure(0, "Chbs", "bridge", "CXL Host Bridge Structure", "host bridge", "CHBS", id="uid"),
    Structure(
        1,
        "Cfmws",
        "window",
        "CXL Fixed Memory Window Structure",
        "window",
        "CFMWS",
        flags="WindowRestrictions",
        flags_field="restrictions",
    ),
    Structure(2, "Cxims", "xor", "CXL XOR Interleave Math Structure", "XOR maps", "CXIMS"),
    Structure(
        3,
        "Rdpas",
        "port",
        "RCEC Downstream Port Association Structure",
        "downstream port association",
        "RDPAS",
    ),
    Structure(
        4,
        "Csds",
        "system",
        "CXL System Description Structure",
        "system description",
        "CSDS",
        defined={"capabilities": 0x3F},
    ),
)


def _controller(kind: int, made: str, word: str, full: str, name: str, **more: Any) -> Structure:
    defaults: dict[str, Any] = {"flags": "LocalApicFlags", "is_processor": True}
    return Structure(kind, made, word, full, name, **defaults | more)


MADT = (
    _controller(
        0,
        "LocalApic",
        "lapic",
        "Processor Local APIC",
        "local APIC",
        label="apic",
        id="apic_id",
        space="apic",
        counts=("apic_id", "acpi_processor_uid"),
    ),
    _controller(
        7, "LocalSapic", "sapic", "Local SAPIC", "local SAPIC", id="local_sapic_id", space="apic"
    ),
    _controller(
        9,
        "LocalX2Apic",
        "x2apic",
        "Processor Local x2APIC",
        "x2APIC",
        id="x2apic_id",
        space="apic",
        counts=("x2apic_id", "acpi_processor_uid"),
    ),
    _controller(
        11,
        "Gicc",
        "gicc",
        "GIC CPU Interface",
        "GICC",
        id="acpi_processor_uid",
        space="uid",
        counts=("acpi_processor_uid", "interface_number", "mpidr"),
        flags="GiccFlags",
        # ACPI 5.0, 5.1, 6.0, 6.5 and 6.7.
        sizes=(40, 76, 80, 82, 88),
    ),
    Structure(
        15,
        "GicIts",
        "its",
        "GIC Interrupt Translation Service",
        "ITS",
        id="translation_id",
        # From ACPI 6.6: not coherent.
        defined={"flags": 1},
    ),
    _controller(
        17,
        "CorePic",
        "corepic",
        "Core Programmable Interrupt Controller",
        "core PIC",
        label="core pic",
        id="core_id",
        space="apic",
        counts=("core_id", "acpi_processor_id"),
        defined={"flags": 1},
    ),
    _controller(
        24,
        "Rintc",
        "rintc",
        "RISC-V Interrupt Controller",
        "RINTC",
        id="acpi_processor_uid",
        space="uid",
        counts=("hart_id", "acpi_processor_uid", "external_controller_id", "imsic_base_address"),
    ),
)

PPTT = (
    Structure(
        0,
        "ProcessorNode",
        "node",
        "Processor Hierarchy Node",
        "processor node",
        flags="NodeFlags",
    ),
    Structure(
        1,
        "Cache",
        "cache",
        "Cache Type Structure",
        "cache",
        flags="CacheFlags",
        defined={"attributes": 0x1F},
        # Revisions 1 and 2, then 3.
        sizes=(24, 28),
    ),
    Structure(2, "Identifier", "id", "ID Structure", "id"),
)

MSCT = (
    Structure(1, "DomainInformation", "domains", "Maximum Proximity Domain Information", "domains"),
)

NFIT = (
    Structure(
        0,
        "SpaRange",
        "range",
        "System Physical Address Range",
        "address range",
        domain="proximity_domain",
        flags="SpaRangeFlags",
        # ACPI 6.0 and 6.4.
        sizes=(56, 64),
    ),
)
