"""Layout of the SRAT (ACPI 6.5, 5.2.16; type 7 from ACPI 6.6)."""

from __future__ import annotations

from construct import Bytes, Int8ul, Int16ul, Int32ul, Int64ul, Struct

_GENERIC = Struct(
    "type" / Int8ul,
    "length" / Int8ul,
    "reserved1" / Int8ul,
    "device_handle_type" / Int8ul,
    "proximity_domain" / Int32ul,
    "device_handle" / Bytes(16),
    "flags" / Int32ul,
    "reserved2" / Int32ul,
)
STRUCTURES = {
    "ProcessorAffinity": Struct(
        "type" / Int8ul,
        "length" / Int8ul,
        "proximity_domain_low" / Int8ul,
        "apic_id" / Int8ul,
        "flags" / Int32ul,
        "local_sapic_eid" / Int8ul,
        "proximity_domain_high" / Bytes(3),
        "clock_domain" / Int32ul,
    ),
    "MemoryAffinity": Struct(
        "type" / Int8ul,
        "length" / Int8ul,
        "proximity_domain" / Int32ul,
        "reserved1" / Int16ul,
        "base_address" / Int64ul,
        "range_length" / Int64ul,
        "reserved2" / Int32ul,
        "flags" / Int32ul,
        "reserved3" / Int64ul,
    ),
    "X2ApicAffinity": Struct(
        "type" / Int8ul,
        "length" / Int8ul,
        "reserved1" / Int16ul,
        "proximity_domain" / Int32ul,
        "x2apic_id" / Int32ul,
        "flags" / Int32ul,
        "clock_domain" / Int32ul,
        "reserved2" / Int32ul,
    ),
    "GiccAffinity": Struct(
        "type" / Int8ul,
        "length" / Int8ul,
        "proximity_domain" / Int32ul,
        "acpi_processor_uid" / Int32ul,
        "flags" / Int32ul,
        "clock_domain" / Int32ul,
    ),
    "GicItsAffinity": Struct(
        "type" / Int8ul,
        "length" / Int8ul,
        "proximity_domain" / Int32ul,
        "reserved1" / Int16ul,
        "its_id" / Int32ul,
    ),
    "GenericInitiatorAffinity": _GENERIC,
    "GenericPortAffinity": _GENERIC,
    "RintcAffinity": Struct(
        "type" / Int8ul,
        "length" / Int8ul,
        "reserved1" / Int16ul,
        "proximity_domain" / Int32ul,
        "acpi_processor_uid" / Int32ul,
        "flags" / Int32ul,
        "clock_domain" / Int32ul,
    ),
    "UnknownAffinity": Struct("type" / Int8ul, "length" / Int8ul),
    "Srat": Struct("table_revision" / Int32ul, "reserved" / Int64ul),
}
