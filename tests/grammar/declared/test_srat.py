"""The layout of the SRAT against construct, and against a table written out by hand."""

from __future__ import annotations

import struct

from srat_tool.grammar.families import walked_table
from srat_tool.tables import kinds
from srat_tool.tables.defect import DefectKind
from srat_tool.tables.srat import (
    GenericInitiatorAffinity,
    MemoryAffinity,
    ProcessorAffinity,
    RintcAffinity,
    X2ApicAffinity,
)
from tests.support import table_bytes

SRAT = walked_table(kinds.SRAT)

FIXED = struct.pack("<IQ", 1, 0)


def test_lengths_are_those_of_the_specification() -> None:
    """Types 0 to 7 have the sizes that ACPI gives them."""
    sizes = {number: layout.size for number, layout in SRAT.family.layouts.items()}
    assert sizes == {0: 16, 1: 40, 2: 24, 3: 18, 4: 12, 5: 32, 6: 32, 7: 20}


def test_a_processor_has_32_bits_of_domain() -> None:
    """The domain's high bytes lie at 9 to 11 of a type 0."""
    entry = bytes((0, 16, 0x44, 9, 1, 0, 0, 0, 5, 0x33, 0x22, 0x11, 6, 0, 0, 0))
    table = SRAT.decode(table_bytes(b"SRAT", FIXED + entry, revision=3)).table
    (processor,) = table.entries
    assert isinstance(processor, ProcessorAffinity)
    assert (processor.apic_id, processor.local_sapic_eid, processor.clock_domain) == (9, 5, 6)
    assert table.proximity_domain(processor) == 0x11223344


def test_revision_1_has_eight_bits_of_domain() -> None:
    """In revision 1 only the low byte counts, in memory entries too."""
    memory = struct.pack("<BBIHQQIIQ", 1, 40, 0x105, 0, 0, 1 << 20, 1, 1, 0)
    table = SRAT.decode(table_bytes(b"SRAT", FIXED + memory, revision=1)).table
    assert [table.proximity_domain(entry) for entry in table.memory] == [5]


def test_generic_initiator_and_rintc() -> None:
    """Handles stay raw bytes; type 7 reads its processor's UID."""
    initiator = struct.pack("<BBBBI16sII", 5, 32, 0, 1, 3, bytes(range(16)), 1, 0)
    rintc = struct.pack("<BBHIIII", 7, 20, 0, 1, 2, 1, 4)
    table = SRAT.decode(table_bytes(b"SRAT", FIXED + initiator + rintc)).table
    first, second = table.entries
    assert isinstance(first, GenericInitiatorAffinity)
    assert first.device_handle == bytes(range(16))
    assert isinstance(second, RintcAffinity)
    assert second.acpi_processor_uid == 2


def test_unknown_flags_survive() -> None:
    """Bits without a name are kept, as is a table revision that is not 1."""
    memory = struct.pack("<BBIHQQIIQ", 1, 40, 0, 7, 0, 4096, 9, 0x80000002, 1 << 63)
    data = table_bytes(b"SRAT", struct.pack("<IQ", 7, 5) + memory)
    decoded = SRAT.decode(data)
    assert decoded.defects == ()
    assert decoded.table.table_revision == 7
    assert decoded.table.memory[0].flags == 0x80000002
    assert SRAT.encode(decoded.table) == data


def test_structures_behind_the_header_length_are_decoded() -> None:
    """A header length that leaves structures out is a defect; they are decoded all the same."""
    memory = struct.pack("<BBIHQQIIQ", 1, 40, 0, 0, 0, 4096, 0, 1, 0)
    data = table_bytes(b"SRAT", FIXED + memory) + memory
    decoded = SRAT.decode(data)
    assert [entry.offset for entry in decoded.table.memory] == [48, 88]
    assert [defect.kind for defect in decoded.defects] == [DefectKind.TRAILING_BYTES]


def test_x2apic_fields() -> None:
    """Type 2 keeps its reserved word and dword."""
    entry = struct.pack("<BBHIIIII", 2, 24, 0xBEEF, 1, 300, 1, 2, 0xCAFE)
    (found,) = SRAT.decode(table_bytes(b"SRAT", FIXED + entry)).table.entries
    assert found == X2ApicAffinity(48, 2, 24, 0xBEEF, 1, 300, 1, 2, 0xCAFE)
    assert not isinstance(found, MemoryAffinity)
