"""The text output of inspect."""

from __future__ import annotations

import re
import struct

import pytest

from srat_tool.render.inspect.as_json import write_json
from srat_tool.render.inspect.as_text import Style, text_lines, write_plain
from srat_tool.render.look import Look
from tests.render.inspect.test_record import inspected
from tests.support import corpus_tables, needs_corpus, table_bytes

FIXED = struct.pack("<IQ", 1, 0)
MEMORY = struct.pack("<BBIHQQIIQ", 1, 40, 3, 0, 1 << 32, 1 << 30, 0, 3, 0)
CPU = struct.pack("<BBBBIB3sI", 0, 16, 3, 0, 1, 0, b"\0\0\0", 0)


def _text(data: bytes, style: Style = Style()) -> list[str]:  # noqa: B008 - immutable
    lines = text_lines([inspected(data)], style)
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def test_a_pipe_gets_the_same_lines() -> None:
    """Whole lists, with the bytes when asked for."""
    table = table_bytes(b"SRAT", FIXED + MEMORY)
    for hexdump in (False, True):
        pieces = write_plain([inspected(table)], Look(hexdump=hexdump))
        assert "".join(pieces).splitlines() == _text(table, Style(hexdump=hexdump))


def test_header_entries_and_summary() -> None:
    """What it is, where it came from, each entry with its offset, each domain."""
    cpus = CPU + CPU[:3] + b"\x01" + CPU[4:]
    lines = _text(table_bytes(b"SRAT", FIXED + cpus + MEMORY, revision=3))
    assert lines[0] == (
        'SRAT  revision 3  120 bytes  checksum ok  OEM "OEMOEM" "OEMTABLE" 0x1'
        '  creator "TEST" 0x20260101'
    )
    assert lines[1] == "from here"
    assert lines[8] == (
        "0-1  0x0030  apic         3  apic 0-1 (2 entries)                   enabled"
    )
    assert lines[9].startswith(
        "  2  0x0050  memory       3  [mem 0x0100000000-0x013fffffff]    1G  "
    )
    assert lines[5].split() == ["3", "2", "1G", "1", "1G"]


def test_defects_stand_beside_their_entry() -> None:
    """Defects of the table are above the entries, defects of an entry below it."""
    data = bytearray(table_bytes(b"SRAT", FIXED + MEMORY + b"\x63\x04ab"))
    data[9] ^= 1
    lines = _text(bytes(data))
    assert lines[0].split("checksum ")[1].startswith("wrong")
    assert lines[2] == "2 defects, the first at +0x0009"
    assert lines[7].startswith("defect at +0x0009: checksum is ")
    assert lines[11].startswith("1  0x0058  unknown")
    assert lines[12].strip().startswith("defect at +0x0058: structure type 99 is unknown")


def test_long_lists_are_capped_on_demand() -> None:
    """The rest is counted, with the option that shows it."""
    entries = b"".join(CPU[:3] + bytes((at * 7 % 256,)) + CPU[4:] for at in range(30))
    lines = _text(table_bytes(b"SRAT", FIXED + entries), Style(rows=5))
    assert "... and 25 more; --all shows them" in lines


def test_a_wide_matrix_is_cut_into_blocks() -> None:
    """Every column appears, however narrow the terminal."""
    rows = b"".join(bytes(10 if a == b else 20 + b for b in range(20)) for a in range(20))
    data = table_bytes(b"SLIT", struct.pack("<Q", 20) + rows)
    narrow = _text(data, Style(width=40))
    assert len([line for line in narrow if line.startswith("from\\to")]) > 1
    assert all(len(line) <= 40 for line in narrow if re.match(r"\s+\d", line))
    assert set(" ".join(narrow).split()) >= {str(20 + b) for b in range(20)}


def test_hexdump_on_demand() -> None:
    """`--hex` puts the bytes below."""
    assert any(
        line.startswith("0000  58") for line in _text(b"XXXX" + bytes(40), Style(hexdump=True))
    )


def test_two_tables_are_apart() -> None:
    """They are counted first, and an empty line is before each."""
    shown = inspected(table_bytes(b"FACP", b"body"))
    lines = list(text_lines([shown, shown], Style()))
    assert lines.count(()) == 2
    assert "".join(text for text, _ in lines[0]) == "2 tables: 2 FACP; no defect"


def test_the_first_line_counts_defects() -> None:
    """With the tables that have them; one table has no such line."""
    good, cut = table_bytes(b"SLIT", bytes(8)), table_bytes(b"SRAT", b"")
    lines = list(text_lines([inspected(good), inspected(cut)], Style()))
    assert re.fullmatch(
        r"2 tables: SLIT and SRAT; \d defects? in SRAT", "".join(text for text, _ in lines[0])
    )
    assert not _text(good)[0].startswith("1 table")


@pytest.mark.parametrize("signature", [b"APIC", b"MSCT", b"HMAT", b"SRAT", b"XXXX"])
def test_fixed_fields_are_said(signature: bytes) -> None:
    """Each table shows the fields before its entries."""
    assert len(_text(table_bytes(signature, b"\x01" * 20))) > 2


@needs_corpus
@pytest.mark.corpus
def test_every_address_of_the_json_stands_in_the_text() -> None:
    """The two never differ; lines are ASCII and without control characters."""
    for path in corpus_tables():
        data = path.read_bytes()
        if data[:4] != b"SRAT":
            continue
        text = "\n".join(_text(data))
        assert text.isascii()
        json = "".join(write_json([inspected(data)]))
        for match in re.finditer(r'"base_address":(\d+),.*?"range_length":(\d+),', json):
            base, size = int(match[1]), int(match[2])
            shown = f"{base:#012x}-{base + size - 1:#012x}" if size else f"empty at {base:#x}"
            assert shown in text, path
