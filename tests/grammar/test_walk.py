"""The walk over structures: bounds, holes, and continuing after bad bytes."""

from __future__ import annotations

import struct

import pytest

from srat_tool.grammar.families import family_of
from srat_tool.grammar.walk import encode_walked, walk
from srat_tool.tables.defect import DefectKind
from srat_tool.tables.kinds import SRAT
from srat_tool.tables.srat import GicItsAffinity, Hole, MemoryAffinity, UnknownAffinity

_AFFINITIES = family_of(SRAT)
ITS = struct.pack("<BBIHI", 4, 12, 7, 0, 3)
MEMORY = struct.pack("<BBIHQQIIQ", 1, 40, 2, 0, 1 << 32, 1 << 30, 0, 3, 0)


def _walk(data: bytes) -> tuple[list[object], list[tuple[DefectKind, int]]]:
    entries, defects = walk(data, 0, _AFFINITIES)
    assert b"".join(encode_walked(tuple(entries), _AFFINITIES))[: len(data)] == data
    return entries, [(defect.kind, defect.offset) for defect in defects]


def test_sound_structures() -> None:
    """Known structures of the right length come out in order, without a defect."""
    entries, defects = _walk(ITS + MEMORY)
    assert entries == [
        GicItsAffinity(0, 4, 12, 7, 0, 3),
        MemoryAffinity(12, 1, 40, 2, 0, 1 << 32, 1 << 30, 0, 3, 0),
    ]
    assert defects == []


def test_a_zero_length_is_a_hole_up_to_the_next_structure() -> None:
    """Zeros in mid-table hide nothing that follows them."""
    entries, defects = _walk(ITS + bytes(16) + MEMORY)
    assert entries[1] == Hole(12, 0, 0, bytes(16))
    assert isinstance(entries[2], MemoryAffinity)
    assert defects == [(DefectKind.ZERO_LENGTH, 12)]


def test_zeros_to_the_end() -> None:
    """One hole takes all of them, whatever their number: the walk is linear."""
    entries, defects = _walk(bytes(200_000))
    assert entries == [Hole(0, 0, 0, bytes(200_000))]
    assert defects == [(DefectKind.ZERO_LENGTH, 0)]


def test_a_short_structure_keeps_its_length() -> None:
    """The walk steps by the stated length; the fields after it are the next structure's bytes."""
    entries, defects = _walk(MEMORY[:1] + b"\x0c" + MEMORY[2:12] + ITS)
    assert isinstance(entries[0], MemoryAffinity)
    assert entries[0].length == 12
    assert entries[1] == GicItsAffinity(12, 4, 12, 7, 0, 3)
    assert defects == [(DefectKind.TOO_SHORT, 0)]


def test_a_long_structure_keeps_the_rest() -> None:
    """Bytes beyond the fields of the type are kept with the entry."""
    entries, defects = _walk(ITS[:1] + b"\x0e" + ITS[2:] + b"xy")
    assert isinstance(entries[0], GicItsAffinity)
    assert entries[0].extra == b"xy"
    assert defects == [(DefectKind.TOO_LONG, 0)]


def test_an_unknown_type_is_kept_whole() -> None:
    """Type, length and payload of a structure of an unknown type survive."""
    entries, defects = _walk(b"\x63\x05abc" + ITS)
    assert entries[0] == UnknownAffinity(0, 0x63, 5, b"abc")
    assert defects == [(DefectKind.UNKNOWN_TYPE, 0)]


@pytest.mark.parametrize("cut", range(2, 40))
def test_a_cut_structure_runs_past_the_end(cut: int) -> None:
    """A structure that the file ends in is decoded as far as it goes, with a defect."""
    entries, defects = _walk(MEMORY[:cut])
    assert isinstance(entries[0], MemoryAffinity)
    assert (DefectKind.PAST_END, 0) in defects


def test_a_single_byte_at_the_end() -> None:
    """One byte is no structure."""
    entries, defects = _walk(ITS + b"\x01")
    assert entries[1] == Hole(12, 1, 0, b"\x01")
    assert defects == [(DefectKind.DANGLING_TAIL, 12)]


def test_a_length_of_one() -> None:
    """A length that does not even cover itself still moves the walk on."""
    _, defects = _walk(b"\x04\x01" * 8)
    assert len(defects) <= 16
    assert defects[0] == (DefectKind.TOO_SHORT, 0)


def test_what_is_no_table_at_all_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Structures of one byte each end in a hole after a while, and the bytes are kept."""
    monkeypatch.setattr("srat_tool.grammar.walk.MAX_DEFECTS", 100)
    entries, defects = _walk(b"\x01" * 1000)
    assert entries[100] == Hole(100, 1, 0, b"\x01" * 900)
    assert defects[100:] == [(DefectKind.TOO_MANY, 100)]


def test_zeros_are_skipped_at_once() -> None:
    """A structure after megabytes of zeros is found without looking at each of them."""
    entries, _ = _walk(bytes(20_000_000) + ITS)
    assert [type(entry) for entry in entries] == [Hole, GicItsAffinity]
