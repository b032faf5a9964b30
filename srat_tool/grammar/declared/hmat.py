"""Layout of the HMAT (ACPI 6.5, 5.2.28; revision 1 from ACPI 6.2)."""

from __future__ import annotations

from construct import Array, Int8ul, Int16ul, Int32ul, Int64ul, Struct, this

STRUCTURES = {
    "MemoryAttributes": Struct(
        "type" / Int16ul,
        "reserved1" / Int16ul,
        "length" / Int32ul,
        "flags" / Int16ul,
        "reserved2" / Int16ul,
        "initiator_domain" / Int32ul,
        "memory_domain" / Int32ul,
        "reserved3" / Int32ul,
        "base_address" / Int64ul,
        "range_length" / Int64ul,
    ),
    "LatencyBandwidth": Struct(
        "type" / Int16ul,
        "reserved1" / Int16ul,
        "length" / Int32ul,
        "flags" / Int8ul,
        "data_type" / Int8ul,
        "minimum_transfer_size" / Int8ul,
        "reserved2" / Int8ul,
        "initiator_count" / Int32ul,
        "target_count" / Int32ul,
        "reserved3" / Int32ul,
        "entry_base_unit" / Int64ul,
        "initiators" / Array(this.initiator_count, Int32ul),
        "targets" / Array(this.target_count, Int32ul),
        "entries" / Array(this.initiator_count * this.target_count, Int16ul),
    ),
    "MemorySideCache": Struct(
        "type" / Int16ul,
        "reserved1" / Int16ul,
        "length" / Int32ul,
        "memory_domain" / Int32ul,
        "reserved2" / Int32ul,
        "cache_size" / Int64ul,
        "cache_attributes" / Int32ul,
        "address_mode" / Int16ul,
        "smbios_handle_count" / Int16ul,
        "smbios_handles" / Array(this.smbios_handle_count, Int16ul),
    ),
    "UnknownAttribute": Struct("type" / Int16ul, "reserved1" / Int16ul, "length" / Int32ul),
    "Hmat": Struct("reserved" / Int32ul),
}
