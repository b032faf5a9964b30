"""The dump shows every byte once, next to the field that it belongs to."""

from __future__ import annotations

import re
import struct

import pytest

from srat_tool.render.inspect.hexdump import dump, fields_of
from tests.render.inspect.test_record import inspected
from tests.support import corpus_tables, needs_corpus, table_bytes

BYTES = re.compile(r"^[0-9a-f]{4,}  ((?:[0-9a-f]{2} ){0,7}[0-9a-f]{2})")


def _lines(data: bytes) -> list[str]:
    return ["".join(text for text, _ in line.parts) for line in dump(inspected(data))]


def _shown(data: bytes) -> bytes:
    found = (BYTES.match(line) for line in _lines(data))
    return b"".join(bytes.fromhex(match[1]) for match in found if match)


def test_fields_stand_in_the_row_that_they_begin_in() -> None:
    """Eight bytes a row, and names with values."""
    memory = struct.pack("<BBIHQQIIQ", 1, 40, 3, 0, 1 << 32, 1 << 30, 0, 3, 0)
    lines = _lines(table_bytes(b"SRAT", struct.pack("<IQ", 1, 0) + memory))
    assert '0000  53 52 41 54 58 00 00 00  signature="SRAT"  length=88' in lines
    at = lines.index("      #0 Memory Affinity")
    assert lines[at + 1] == (
        "0030  01 28 03 00 00 00 00 00  type=1  length=40  proximity_domain=3  reserved1=0"
    )
    assert lines[at + 3].endswith("range_length=0x40000000 (1G)")
    assert lines[at + 4].endswith("flags=0x3 enabled|hot_pluggable")


def test_a_byte_has_its_field_s_colour() -> None:
    """Byte and name carry the same style."""
    (first, *_) = [
        line for line in dump(inspected(table_bytes(b"FACP", b""))) if len(line.parts) > 2
    ]
    styles = [style for text, style in first.parts if text.startswith("  signature")]
    assert first.parts[1][1] == styles[0]


@needs_corpus
@pytest.mark.corpus
def test_no_byte_is_left_out() -> None:
    """Of any table of the corpus, whole or cut."""
    for path in corpus_tables():
        data = path.read_bytes()
        for variant in (data, data[: len(data) * 2 // 3], data[:17]):
            assert _shown(variant) == variant, path


def test_fields_do_not_overlap() -> None:
    """A structure that states less than its fields need does not claim its neighbour's bytes."""
    data = table_bytes(b"SRAT", struct.pack("<IQ", 1, 0) + b"\x01\x05abc\x04\x0c" + bytes(10))
    at = 0
    for field in fields_of(inspected(data)):
        assert field.start == at
        at = field.stop
    assert at == len(data)
    assert _shown(data) == data
