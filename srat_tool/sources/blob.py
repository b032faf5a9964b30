"""Raw table bytes: one table, or several end to end as QEMU passes them to its guest.

A table of a known signature is taken however damaged or cut it is. An unknown signature of four
letters needs a header that makes sense (ACPI 6.5, 5.2.6); a signature that is not letters needs a
header whose length is the file's size.
"""

from __future__ import annotations

import re

from srat_tool.sources.plain import is_text
from srat_tool.sources.reader import Piece, Reader
from srat_tool.tables.header import HEADER_SIZE

# ACPI 6.5 tables 5.5 and 5.6, and the reserved signatures seen in real dumps.
KNOWN_SIGNATURES = frozenset(
    b"AEST AGDI APIC APMT ASF! ASPT BATB BDAT BERT BGRT BOOT CCEL CDAT CEDT CPEP CSRT DBG2 DBGP "
    b"DMAR DRTM DSDT DTPR ECDT EINJ ERDT ERST ETDT FACP FACS FPDT GTDT HEST HMAT HPET IBFT IORT "
    b"IVRS KEYP LPIT MCFG MCHI MHSP MPAM MPST MRRM MSCT MSDM NBFT NFIT NHLT OEM0 OEM1 OEM2 "
    b"OEM3 OEM4 PCCT PDTT PHAT PMTT PPTT PRMT PSDT RAS2 RASF RGRT RHCT RIMT RSDT SBST SDEI SDEV "
    b"SLIC SLIT SPCR SPMI SRAT SSDT STAO SVKL SWFT TCPA TDEL TPM2 UEFI VFCT VIOT WAET WDAT WDDT "
    b"WDRT WPBT WSMT XENV XSDT".split()
)
_SIGNATURE = re.compile(rb"[A-Z][A-Z0-9_!$@]{3}")
_LENGTH_ENDS = 8
_PRINTABLE_ID = re.compile(rb"[\x20-\x7e\0]{14}")


def stated_length(data: bytes, offset: int = 0) -> int:
    """Return the Length that the header at `offset` states."""
    return int.from_bytes(data[offset + 4 : offset + 8], "little")


def is_plausible_header(data: bytes, offset: int = 0) -> bool:
    """Return whether a header at `offset` makes sense, whatever its signature: ids are text."""
    head = data[offset : offset + HEADER_SIZE]
    length = stated_length(head)
    return (
        len(head) == HEADER_SIZE
        and _SIGNATURE.match(head) is not None
        and HEADER_SIZE <= length <= len(data) - offset
        and _PRINTABLE_ID.match(head, 10) is not None
    )


def sniff(data: bytes) -> bool:
    """Return whether the bytes begin with an ACPI table."""
    head = data[:64]
    if head[:4] in KNOWN_SIGNATURES:
        # A note that begins with a table's name is not a table: its Length is never text.
        return len(head) < _LENGTH_ENDS or not is_text(head)
    return is_plausible_header(data) or _is_damaged_signature(data)


def _is_damaged_signature(data: bytes) -> bool:
    """Return whether all but the signature makes sense: ids are text, and Length is the file's."""
    fits = stated_length(data) == len(data) >= HEADER_SIZE
    return fits and _PRINTABLE_ID.match(data[:HEADER_SIZE], 10) is not None


def read(piece: Piece, reader: Reader) -> None:
    """Take the table, and those that follow it without a gap."""
    data, limit = piece.whole, reader.limits
    most = limit.table if piece.depth else limit.whole_file
    start = 0
    for end in borders(data):
        if end - start <= most:
            place = start if piece.verbatim else None
            reader.table(piece.origin, data[start:end], start, most, place)
        else:
            reader.refuse(piece.origin.label, f"table of {end - start} bytes; try --max-table")
        start = end


def borders(data: bytes) -> list[int]:
    """Return where each table ends; what follows the last known header belongs to it."""
    ends = []
    at = 0
    while True:
        at += stated_length(data, at)
        known = data[at : at + 4] in KNOWN_SIGNATURES
        if not (known and is_plausible_header(data, at)):
            break
        ends.append(at)
    return [*ends, len(data)]
