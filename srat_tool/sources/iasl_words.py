"""The words of iasl's data table language that decide how a text of it is read."""

from __future__ import annotations

from typing import NamedTuple

# The bits that iasl takes from the lines below the flags, whatever the flags line contains.
FLAG_BITS = {"Enabled": 0, "Hot Pluggable": 1, "Non-Volatile": 2, "Processor Enabled": 0}
FLAG_BITS |= {
    "Runtime Online Capable": 1,
    "PC-AT Compatibility": 0,
    "Architectural Transactions": 1,
}

# Bits that iasl prints with two digits or more; all others have one.
WIDE_BITS = {"Cache Line Size"}

# ACPI 6.5, 5.2.6: the fields of every header.
HEADER = {
    "Signature": 4,
    "Table Length": 4,
    "Revision": 1,
    "Checksum": 1,
    "Oem ID": 6,
    "Oem Table ID": 8,
    "Oem Revision": 4,
    "Asl Compiler ID": 4,
    "Asl Compiler Revision": 4,
}


class TableForm(NamedTuple):
    """What is before the structures of a table: needed where a listing does not show it."""

    signature: bytes
    revision: int
    fixed: bytes = b""


TABLE_FORMS = {
    form.signature: form
    for form in (
        TableForm(b"SRAT", 3, b"\x01" + bytes(11)),
        TableForm(b"HMAT", 2, bytes(4)),
        TableForm(b"APIC", 5, bytes(8)),
        TableForm(b"CEDT", 1),
        TableForm(b"PPTT", 3),
    )
}
# The words in which iasl names a structure, and its table; the first that fits counts.
_TABLE_OF = (
    (b"affinity", b"SRAT"),
    (b"cxl ", b"CEDT"),
    (b"xor interleave", b"CEDT"),
    (b"proximity domain attributes", b"HMAT"),
    (b"system locality", b"HMAT"),
    (b"memory side cache", b"HMAT"),
    (b"apic", b"APIC"),
    (b"generic interrupt", b"APIC"),
    (b"processor hierarchy", b"PPTT"),
    (b"cache type", b"PPTT"),
)


def table_of(words: bytes) -> bytes | None:
    """Return the table of a structure that iasl names with these words; None for others."""
    lower = words.lower()
    return next((table for part, table in _TABLE_OF if part in lower), None)
