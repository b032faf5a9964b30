"""Layout of the SRAT (ACPI 6.5, 5.2.16; type 7 from ACPI 6.6)."""

from __future__ import annotations

from construct import Bytes, Int8ul, Int16ul, Int32ul, Int64ul, Struct

from srat_tool.grammar.codec import walked_codec
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, WalkedTable
from srat_tool.tables.srat import (
    GenericFlags,
    GenericInitiatorAffinity,
    GenericPortAffinity,
    GiccAffinity,
    GicItsAffinity,
    MemoryAffinity,
    MemoryFlags,
    ProcessorAffinity,
    ProcessorFlags,
    RintcAffinity,
    Srat,
    UnknownAffinity,
    X2ApicAffinity,
)

_CPU_FLAGS = {"flags": ProcessorFlags}
_GENERIC_FLAGS = {"flags": GenericFlags}
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

AFFINITIES = Family(
    layouts={
        0: Layout(
            ProcessorAffinity,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "proximity_domain_low" / Int8ul,
                "apic_id" / Int8ul,
                "flags" / Int32ul,
                "local_sapic_eid" / Int8ul,
                "proximity_domain_high" / Bytes(3),
                "clock_domain" / Int32ul,
            ),
            defined=_CPU_FLAGS,
        ),
        1: Layout(
            MemoryAffinity,
            Struct(
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
            defined={"flags": MemoryFlags},
        ),
        2: Layout(
            X2ApicAffinity,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "reserved1" / Int16ul,
                "proximity_domain" / Int32ul,
                "x2apic_id" / Int32ul,
                "flags" / Int32ul,
                "clock_domain" / Int32ul,
                "reserved2" / Int32ul,
            ),
            defined=_CPU_FLAGS,
        ),
        3: Layout(
            GiccAffinity,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "proximity_domain" / Int32ul,
                "acpi_processor_uid" / Int32ul,
                "flags" / Int32ul,
                "clock_domain" / Int32ul,
            ),
            defined=_CPU_FLAGS,
        ),
        4: Layout(
            GicItsAffinity,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "proximity_domain" / Int32ul,
                "reserved1" / Int16ul,
                "its_id" / Int32ul,
            ),
        ),
        5: Layout(GenericInitiatorAffinity, _GENERIC, defined=_GENERIC_FLAGS),
        6: Layout(GenericPortAffinity, _GENERIC, defined=_GENERIC_FLAGS),
        7: Layout(
            RintcAffinity,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "reserved1" / Int16ul,
                "proximity_domain" / Int32ul,
                "acpi_processor_uid" / Int32ul,
                "flags" / Int32ul,
                "clock_domain" / Int32ul,
            ),
            defined=_CPU_FLAGS,
        ),
    },
    unknown=Layout(UnknownAffinity, Struct("type" / Int8ul, "length" / Int8ul)),
)
SRAT = WalkedTable(Srat, Struct("table_revision" / Int32ul, "reserved" / Int64ul), AFFINITIES)
CODEC = walked_codec(Srat, SRAT)
