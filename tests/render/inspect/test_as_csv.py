"""CSV: one row a record, one column a key."""

from __future__ import annotations

import csv
import struct

from srat_tool.render.inspect.as_csv import write_csv
from tests.render.inspect.test_record import inspected
from tests.support import table_bytes

MEMORY = struct.pack("<BBIHQQIIQ", 1, 40, 3, 0, 1 << 32, 4096, 0, 3, 0)


def _rows(*tables: bytes) -> list[dict[str, str]]:
    text = "".join(write_csv([inspected(data) for data in tables]))
    return list(csv.DictReader(text.splitlines()))


def test_entries_in_columns() -> None:
    """Fields of an entry are under their names, 64-bit ones in hexadecimal too."""
    table, entry = _rows(table_bytes(b"SRAT", struct.pack("<IQ", 1, 0) + MEMORY))
    assert table["record"] == "table"
    assert (entry["offset"], entry["base_address_hex"]) == ("48", "0x100000000")
    assert entry["flags_names"] == "enabled hot_pluggable"


def test_a_matrix_has_a_row_a_line() -> None:
    """Distances of one row are in one cell."""
    rows = _rows(table_bytes(b"SLIT", struct.pack("<Q", 2) + bytes((10, 20, 21, 10))))
    assert [row["distances"] for row in rows if row["record"] == "row"] == ["10 20", "21 10"]


def test_a_formula_is_disarmed() -> None:
    """An OEM id cannot become a formula of a spreadsheet; its bytes stay exact."""
    data = bytearray(table_bytes(b"FACP", b""))
    data[10:16] = b"=1+1  "
    (table, defect) = _rows(bytes(data))
    assert table["header_oem_id"] == "'=1+1"
    assert table["header_oem_id_hex"] == b"=1+1  ".hex()
    assert defect["kind"] == "bad_checksum"
