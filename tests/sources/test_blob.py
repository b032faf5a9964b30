"""Raw tables: whole, cut, damaged, end to end."""

from __future__ import annotations

import pytest

from srat_tool.sources.blob import is_plausible_header, sniff, stated_length
from tests.sources.samples import found_in, noise, reasons_in, slit, srat, table, tables_in


def test_whole_table() -> None:
    """A table is one table, bytes as they are."""
    assert tables_in(srat()) == [srat()]


@pytest.mark.parametrize("cut", [4, 5, 8, 35, 36, 47, 60])
def test_cut_table_of_a_known_signature_is_taken(cut: int) -> None:
    """The signature is enough: what is missing is a defect, not an error."""
    assert tables_in(srat()[:cut]) == [srat()[:cut]]


@pytest.mark.parametrize(
    "note", [b"SRAT is a table", b"SRAT is a table of which there are many copies"]
)
def test_a_note_that_begins_with_a_signature_is_no_table(note: bytes) -> None:
    """The Length of a table is not text."""
    assert not sniff(note)


def test_damaged_header_of_a_known_signature_is_taken() -> None:
    """Length, checksum and ids may be anything."""
    damaged = b"SRAT" + noise(100)
    assert tables_in(damaged) == [damaged]


def test_unknown_signature_needs_a_header_that_makes_sense() -> None:
    """Four letters alone are no table, with a sound header they are."""
    assert tables_in(table(b"XYZQ")) == [table(b"XYZQ")]
    assert not sniff(b"XYZQ" + noise(100))
    assert not sniff(b"XYZQ")
    assert not is_plausible_header(table(b"XYZQ")[:-1])
    assert not is_plausible_header(b"abcd" + table()[4:])


def test_damaged_signature_in_a_sound_header() -> None:
    """Ids that are text and the file's own size make a table of any four bytes."""
    for signature in (b"srat", b"\0RAT", b"\xd3RAT"):
        assert tables_in(signature + srat()[4:]) == [signature + srat()[4:]]
    assert not sniff(b"\0RAT" + srat()[4:-1])
    assert not sniff(b"\0RAT" + srat()[4:10] + b"\xff" + srat()[11:])


def test_text_about_a_table_is_no_table() -> None:
    """A note that begins with a table's name is text."""
    assert not sniff(b"SRAT is what we talk about in this file, at some length.\n" * 3)


def test_tables_end_to_end() -> None:
    """QEMU's blob of all tables is taken apart, offsets kept."""
    found = found_in(table(b"DSDT") + srat(checksum=0) + slit())
    assert [(t.signature, t.offset) for t in found.tables] == [
        (b"DSDT", 0),
        (b"SRAT", 48),
        (b"SLIT", 48 + len(srat())),
    ]


def test_trailing_bytes_stay_with_the_table() -> None:
    """What follows the last table is part of the input, and kept."""
    assert tables_in(srat() + b"tail") == [srat() + b"tail"]


def test_table_larger_than_allowed() -> None:
    """A file that is a table may be 32 times the limit of one inside a container."""
    big = srat(400)
    assert tables_in(big, table=1024) == [big]
    assert "--max-table" in reasons_in(big, table=256)


def test_stated_length() -> None:
    """The length is little-endian at offset 4."""
    assert stated_length(srat(), 0) == len(srat())
