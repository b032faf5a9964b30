"""The common header, and what is wrong with a table as a whole."""

from __future__ import annotations

from srat_tool.grammar.derive import parse
from srat_tool.grammar.header import (
    HEADER,
    check_container,
    decode_header,
    decode_opaque,
    encode_header,
    encode_opaque,
    with_checksum,
)
from srat_tool.tables.defect import DefectKind
from srat_tool.tables.header import HEADER_SIZE
from tests.support import table_bytes

TABLE = table_bytes(b"FACP", b"body")


def test_fields_in_order() -> None:
    """The header's fields lie where ACPI puts them."""
    header = decode_header(TABLE)
    assert header.signature == b"FACP"
    assert header.length == len(TABLE)
    assert header.oem_id == b"OEMOEM"
    assert header.creator_revision == 0x20260101
    assert encode_header(header) == TABLE[:HEADER_SIZE]


def test_construct_agrees() -> None:
    """The packed form reads what construct reads."""
    assert HEADER.decode(TABLE, 0) == parse(HEADER.make, TABLE, 0)


def test_a_cut_header_reads_zero() -> None:
    """Fields after the end of a cut file are zero, and the shortness is a defect."""
    decoded = decode_opaque(TABLE[:6])
    assert decoded.table.header.oem_id == bytes(6)
    assert decoded.defects[0].kind is DefectKind.TOO_SHORT_FOR_HEADER
    assert encode_opaque(decoded.table) == TABLE[:6]


def test_a_sound_container_has_no_defect() -> None:
    """Right length and checksum: no defect."""
    assert check_container(TABLE, decode_header(TABLE), HEADER_SIZE) == []


def test_length_against_file() -> None:
    """A length past the file, and bytes past the length, are different defects."""
    cut, longer = TABLE[:-1], TABLE + b"\0"
    (past,) = check_container(cut, decode_header(cut), HEADER_SIZE)
    (trailing,) = check_container(longer, decode_header(longer), HEADER_SIZE)
    assert (past.kind, past.offset) == (DefectKind.LENGTH_EXCEEDS_FILE, 4)
    assert (trailing.kind, trailing.offset) == (DefectKind.TRAILING_BYTES, len(TABLE))


def test_wrong_checksum_names_the_right_one() -> None:
    """The message holds the byte that would have been right."""
    wrong = bytearray(TABLE)
    wrong[9] ^= 0xFF
    (defect,) = check_container(bytes(wrong), decode_header(bytes(wrong)), HEADER_SIZE)
    assert (defect.kind, defect.offset) == (DefectKind.BAD_CHECKSUM, 9)
    assert f"expected {TABLE[9]:#04x}" in defect.message


def test_a_right_checksum_whatever_was_stated() -> None:
    """All bytes add up to 0, and nothing but the checksum is set."""
    stated = decode_header(TABLE)._replace(checksum=7)
    assert with_checksum(stated, TABLE[HEADER_SIZE:]) == TABLE


def test_the_facs_has_no_checksum() -> None:
    """The byte at offset 9 of a FACS belongs to its hardware signature."""
    data = b"FACS" + (64).to_bytes(4, "little") + bytes(range(56))
    assert check_container(data, decode_header(data), HEADER_SIZE) == []
    other = b"SSDT" + data[4:]
    assert [d.kind for d in check_container(other, decode_header(other), HEADER_SIZE)] == [
        DefectKind.BAD_CHECKSUM
    ]
