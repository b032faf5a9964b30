"""Fixed marks: each container is recognized by its first bytes, and nothing else is."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable

import pytest

from srat_tool.sources.marks import is_compressed, is_zip, other_kind
from tests.sources.samples import srat
from tests.sources.test_zipped import zipped


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_streams(compress: Callable[[bytes], bytes]) -> None:
    """What the standard library writes is known, in whole and by its first bytes."""
    assert is_compressed(compress(srat()))
    assert is_compressed(compress(srat())[:8])
    assert not is_zip(compress(srat()))


def test_zip_archives() -> None:
    """One with files and one without begin differently."""
    assert is_zip(zipped({"SRAT": srat()}))
    assert is_zip(zipped({}))
    assert not is_compressed(zipped({}))


@pytest.mark.parametrize("data", [b"", b"P", b"\x1f", srat()])
def test_nothing_else(data: bytes) -> None:
    """Too few bytes, and a table, are no container."""
    assert not is_compressed(data)
    assert not is_zip(data)


def test_files_that_are_named_by_mistake_are_called_by_their_kind() -> None:
    """A document and an archive that no reader opens; other bytes have no kind."""
    assert other_kind(b"%PDF-1.7\n") == "a PDF document"
    assert "not unpacked" in str(other_kind(b"7z\xbc\xaf\x27\x1c\0\4"))
    assert "lz4 -dc" in str(other_kind(b"\x04\x22\x4d\x18\x60"))
    assert other_kind(b"SRAT") is None


def test_lzma_is_known_by_its_whole_header() -> None:
    """It has no mark but its properties: a size that no file has is not one of its headers."""
    stream = lzma.compress(srat(), lzma.FORMAT_ALONE)
    assert is_compressed(stream)
    assert not is_compressed(stream[:5] + b"\x01" * 8 + stream[13:])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("0000000   S   R   A   T 310  \\0  \\0  \\0 003 267   A   L", "od -c"),
        ("00000000: 01010011 01010010 01000001 01010100  SRAT", "xxd -b"),
        ("0000000   S   R   A   T   H nul nul nul etx   7   A   L", "od -c or -a"),
        ("0000000  1413567059         200   1095546627", "a form that is not read"),
        (":1000000053524154C800000003B7414C41534B41D8", "objcopy -I ihex"),
        ("S0030000FC\nS113000053524154C8000000", "objcopy -I srec"),
        ("begin 644 srat.dat\nM4U)!5,@````#MT%,05-+04$", "uudecode"),
        ('"\\x53\\x52\\x41\\x54\\xc8\\x00"', "as escapes"),
        ("b'SRAT\\xc8\\x00\\x00\\x00\\x03\\xb7ALASKA'", "as escapes"),
        ('char t[] = "SRAT\\310\\000\\000\\000\\003";', "as escapes"),
    ],
)
def test_texts_with_bytes_in_another_form_are_named(text: str, named: str) -> None:
    """The line states how to get a form that is read."""
    assert named in str(other_kind(text.encode()))


@pytest.mark.parametrize("text", ["Hello, this is a letter.", "C:\\x86\\setup", "S: 12", ":0)", ""])
def test_other_texts_have_no_kind(text: str) -> None:
    """A letter that has a mark of one in it is none of them."""
    assert other_kind(text.encode()) is None
