"""Layout of the processor part of the MADT (ACPI 6.5, 5.2.12; type 24 from ACPI 6.6)."""

from __future__ import annotations

from construct import Bytes, Int8ul, Int16ul, Int32ul, Int64ul, Struct, this

from srat_tool.grammar.codec import walked_codec
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, WalkedTable
from srat_tool.tables.madt import (
    CorePic,
    Gicc,
    GiccFlags,
    GicIts,
    LocalApic,
    LocalApicFlags,
    LocalSapic,
    LocalX2Apic,
    Madt,
    OtherController,
    Rintc,
)

_SAPIC_SIZE = 16

CONTROLLERS = Family(
    layouts={
        0: Layout(
            LocalApic,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "acpi_processor_uid" / Int8ul,
                "apic_id" / Int8ul,
                "flags" / Int32ul,
            ),
            defined={"flags": LocalApicFlags},
        ),
        7: Layout(
            LocalSapic,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "acpi_processor_id" / Int8ul,
                "local_sapic_id" / Int8ul,
                "local_sapic_eid" / Int8ul,
                "reserved1" / Bytes(3),
                "flags" / Int32ul,
                "acpi_processor_uid" / Int32ul,
                "uid_string" / Bytes(this.length - _SAPIC_SIZE),
            ),
            defined={"flags": LocalApicFlags},
        ),
        9: Layout(
            LocalX2Apic,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "reserved1" / Int16ul,
                "x2apic_id" / Int32ul,
                "flags" / Int32ul,
                "acpi_processor_uid" / Int32ul,
            ),
            defined={"flags": LocalApicFlags},
        ),
        11: Layout(
            Gicc,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "reserved1" / Int16ul,
                "interface_number" / Int32ul,
                "acpi_processor_uid" / Int32ul,
                "flags" / Int32ul,
                "parking_protocol_version" / Int32ul,
                "performance_interrupt" / Int32ul,
                "parked_address" / Int64ul,
                "base_address" / Int64ul,
                "gicv" / Int64ul,
                "gich" / Int64ul,
                "vgic_maintenance_interrupt" / Int32ul,
                "gicr_base_address" / Int64ul,
                "mpidr" / Int64ul,
                "efficiency_class" / Int8ul,
                "reserved2" / Int8ul,
                "spe_interrupt" / Int16ul,
                "trbe_interrupt" / Int16ul,
                "iaffid" / Int16ul,
                "irs_id" / Int32ul,
            ),
            defined={"flags": GiccFlags},
            # ACPI 5.0, 5.1, 6.0, 6.5 and 6.7.
            sizes=(40, 76, 80, 82, 88),
        ),
        15: Layout(
            GicIts,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "flags" / Int8ul,
                "reserved1" / Int8ul,
                "translation_id" / Int32ul,
                "base_address" / Int64ul,
                "reserved2" / Int32ul,
            ),
        ),
        17: Layout(
            CorePic,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "version" / Int8ul,
                "acpi_processor_id" / Int32ul,
                "core_id" / Int32ul,
                "flags" / Int32ul,
            ),
            defined={"flags": LocalApicFlags.ENABLED},
        ),
        24: Layout(
            Rintc,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "version" / Int8ul,
                "reserved1" / Int8ul,
                "flags" / Int32ul,
                "hart_id" / Int64ul,
                "acpi_processor_uid" / Int32ul,
                "external_controller_id" / Int32ul,
                "imsic_base_address" / Int64ul,
                "imsic_size" / Int32ul,
            ),
            defined={"flags": LocalApicFlags},
        ),
    },
    unknown=Layout(OtherController, Struct("type" / Int8ul, "length" / Int8ul)),
    others_are_normal=True,
)
MADT = WalkedTable(Madt, Struct("local_address" / Int32ul, "flags" / Int32ul), CONTROLLERS)
CODEC = walked_codec(Madt, MADT)
