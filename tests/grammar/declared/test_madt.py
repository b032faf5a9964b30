"""The layout of the MADT's processor part."""

from __future__ import annotations

import struct

import pytest

from srat_tool.grammar.families import walked_table
from srat_tool.tables import kinds
from srat_tool.tables.defect import DefectKind
from srat_tool.tables.madt import Gicc, GicIts, LocalApic, LocalSapic, LocalX2Apic, OtherController
from tests.support import table_bytes

MADT = walked_table(kinds.MADT)

FIXED = struct.pack("<II", 0xFEE00000, 1)
GICC = bytes((11, 88)) + bytes(range(2, 88))


def _madt(*structures: bytes) -> bytes:
    return table_bytes(b"APIC", FIXED + b"".join(structures), revision=5)


def test_sizes_are_those_of_the_specification() -> None:
    """Each processor type has its size."""
    sizes = {number: layout.size for number, layout in MADT.family.layouts.items()}
    assert sizes == {0: 8, 7: 16, 9: 16, 11: 88, 15: 20, 17: 15, 24: 36}


def test_processors_of_a_pc() -> None:
    """APIC ids and processor UIDs are distinguished; other structures are kept without a defect."""
    lapic = struct.pack("<BBBBI", 0, 8, 1, 2, 1)
    ioapic = struct.pack("<BBBBII", 1, 12, 8, 0, 0xFEC00000, 0)
    x2apic = struct.pack("<BBHIII", 9, 16, 0, 300, 1, 77)
    data = _madt(lapic, ioapic, x2apic)
    decoded = MADT.decode(data)
    assert decoded.defects == ()
    first, other, last = decoded.table.entries
    assert first == LocalApic(44, 0, 8, 1, 2, 1)
    assert other == OtherController(52, 1, 12, ioapic[2:])
    assert isinstance(last, LocalX2Apic)
    assert (last.x2apic_id, last.acpi_processor_uid) == (300, 77)
    assert MADT.encode(decoded.table) == data


@pytest.mark.parametrize(
    ("length", "last", "place"),
    [
        (40, "base_address", slice(32, 40)),
        (76, "mpidr", slice(68, 76)),
        (88, "irs_id", slice(84, 88)),
    ],
)
def test_a_gicc_ends_where_its_edition_ends(length: int, last: str, place: slice) -> None:
    """Fields of later editions are None, never bytes of the next structure."""
    its = struct.pack("<BBBBIQI", 15, 20, 1, 0, 3, 1 << 32, 0)
    data = _madt(bytes((11, length)) + GICC[2:length], its)
    decoded = MADT.decode(data)
    assert decoded.defects == ()
    gicc, follower = decoded.table.entries
    assert isinstance(gicc, Gicc)
    assert getattr(gicc, last) == int.from_bytes(GICC[place], "little")
    assert (gicc.irs_id is None) == (length < 88)
    assert (gicc.gicv is None) == (length < 76)
    assert isinstance(follower, GicIts)
    assert MADT.encode(decoded.table) == data


def test_an_80_byte_gicc() -> None:
    """The SPE interrupt is the last field of an 80-byte GICC; a longer one has TRBE."""
    decoded = MADT.decode(_madt(bytes((11, 80)) + GICC[2:80], bytes((11, 82)) + GICC[2:82]))
    old, new = decoded.table.entries
    assert isinstance(old, Gicc)
    assert isinstance(new, Gicc)
    assert old.spe_interrupt == 0x4F4E
    assert (old.trbe_interrupt, new.trbe_interrupt) == (None, 0x5150)


def test_a_gicc_of_no_edition() -> None:
    """Bytes between two editions are kept as the rest."""
    data = _madt(bytes((11, 79)) + GICC[2:79])
    decoded = MADT.decode(data)
    assert decoded.table.entries[0].extra == GICC[76:79]
    assert [defect.kind for defect in decoded.defects] == [DefectKind.TOO_LONG]
    assert "40 or 76 or 80 or 82 or 88" in decoded.defects[0].message


def test_a_sapic_with_its_string() -> None:
    """The UID string takes the rest of the structure."""
    sapic = struct.pack("<BBBBB3sII4s", 7, 20, 1, 2, 3, b"\0\0\0", 1, 9, b"CPU\0")
    decoded = MADT.decode(_madt(sapic))
    assert decoded.defects == ()
    (found,) = decoded.table.entries
    assert isinstance(found, LocalSapic)
    assert found.uid_string == b"CPU\0"


def test_a_short_other_structure() -> None:
    """A length that does not cover type and length is a defect of any type."""
    decoded = MADT.decode(_madt(b"\x7f\x01"))
    assert decoded.defects[0].kind is DefectKind.TOO_SHORT
