"""iasl's listings, both styles, with and without raw data."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from srat_tool.base.rawtable import OriginKind
from tests.sources.samples import dump, found_in, reasons_in, slit, srat, tables_in
from tests.support import corpus_tables

# (offset, size, name, value) as iasl prints them.
FIELDS = [
    (0, 4, "Signature", '"SLIT"    [System Locality Information Table]'),
    (4, 4, "Table Length", "00000030"),
    (8, 1, "Revision", "03"),
    (9, 1, "Checksum", f"{slit()[9]:02X}"),
    (10, 6, "Oem ID", '"OEMID "'),
    (16, 8, "Oem Table ID", '"OEMTABLE"'),
    (24, 4, "Oem Revision", "00000001"),
    (28, 4, "Asl Compiler ID", '"TEST"'),
    (32, 4, "Asl Compiler Revision", "00000001"),
    (36, 8, "Localities", "0000000000000002"),
    (44, 2, "Locality   0", "0A 14"),
    (46, 2, "Locality   1", "14 \\\n                       0A"),
]


def listing(fields: list[tuple[int, int, str, str]], *, new: bool = False) -> bytes:
    """Return the text of a listing in the old style or in that of 2025 on."""
    rows = []
    for offset, size, name, value in fields:
        length = f"{size:03X}h" if new else f"{size:3}"
        rows.append(f"[{offset:03X}h {offset:04} {length}] {name:>28} : {value}")
        if name.startswith("Flags"):
            rows.append(f"{'Enabled':>44} : 1")
    return "\n".join([" * ACPI Data Table [SLIT]", "", *rows, ""]).encode()


@pytest.mark.parametrize("new", [False, True])
def test_fields_alone(new: bool) -> None:
    """Fields without raw data give the table back."""
    found = found_in(listing(FIELDS, new=new))
    assert [t.data for t in found.tables] == [slit()]
    assert found.tables[0].origin.kind is OriginKind.LISTING
    assert found.refused == []


def test_two_tables_in_one_listing() -> None:
    """Each signature at offset 0 begins a table."""
    assert tables_in(listing(FIELDS) + listing(FIELDS)) == [slit(), slit()]


def test_gap_ends_the_table() -> None:
    """A lost field is noticed by the offset of the next."""
    text = listing(FIELDS[:5] + FIELDS[6:])
    assert tables_in(text) == [slit()[:16]]
    assert "field Oem Revision at 0x0018, 0x0010 is due" in reasons_in(text)
    assert "shows 16 of the table's 48 bytes" in reasons_in(text)


def test_offsets_that_contradict_each_other() -> None:
    """Hex and decimal offset must agree."""
    text = listing(FIELDS).replace(b"[008h 0008", b"[008h 0009")
    assert tables_in(text) == [slit()[:8]]
    assert "contradict each other" in reasons_in(text)


def test_unreadable_value() -> None:
    """A value of the wrong width ends the table."""
    text = listing(FIELDS).replace(b"0000000000000002", b"2")
    assert tables_in(text) == [slit()[:36]]
    assert "value of Localities cannot be read" in reasons_in(text)


def _raw(data: bytes) -> bytes:
    rows = dump(data).split(b"\n", 1)[1]
    return b"\nRaw Table Data: Length %d (0x%X)\n\n" % (len(data), len(data)) + rows


def test_raw_data_wins() -> None:
    """The raw data is the table; a field that differs is named."""
    other = slit()[:-1] + b"\x0b"
    assert tables_in(listing(FIELDS) + _raw(slit())) == [slit()]
    assert tables_in(listing(FIELDS) + _raw(other)) == [other]
    assert "field Locality   1 at 0x002e differs" in reasons_in(listing(FIELDS) + _raw(other))


def test_raw_data_of_another_length() -> None:
    """The stated length of the raw data is checked."""
    text = (listing(FIELDS) + _raw(slit())).replace(b"Length 48 ", b"Length 49 ")
    assert "raw data states 49 bytes and shows 48" in reasons_in(text)


@pytest.mark.peer
@pytest.mark.skipif(shutil.which("iasl") is None, reason="iasl is not installed (acpica-tools)")
@pytest.mark.parametrize("raw", [True, False])
def test_iasl_writes_and_we_read(tmp_path: Path, raw: bool) -> None:
    """Listings of built tables and of the corpus come back; what iasl hides is reported."""
    for number, data in enumerate([srat(), slit(20), *(p.read_bytes() for p in corpus_tables())]):
        table = tmp_path / f"{number}.bin"
        table.write_bytes(data)
        subprocess.run(["iasl", "-d", str(table)], check=False, capture_output=True)
        text = table.with_suffix(".dsl").read_bytes()
        if not raw:
            text = text.partition(b"Raw Table Data")[0]
        (found,) = tables_in(text)
        # iasl prints a control character in an id as a blank, and hides what it does not know.
        assert raw or "of the table's" in reasons_in(text) or found[36:] == data[36:]
        assert not raw or found == data
