"""Packed sections: each packing, and what it refuses."""

from __future__ import annotations

import contextlib
import gzip
import struct
import sys
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.authoring import volume
from srat_tool.base.errors import SourceError
from srat_tool.sources.packed import COMPRESSION, GUIDED, unpack_standard
from srat_tool.sources.reader import Reader
from srat_tool.sources.tiano import EFI_STANDARD, TIANO
from tests.sources.samples import efi_compress, noise

CONTENT = b"\x55\x8b\xec\xe8\x00\x10\x00\x00" * 400 + noise(77)
BROTLI = uuid.UUID("3d532050-5cda-4fd0-879e-0f7f630d5afb")
GZIP = uuid.UUID("1d301fe9-be79-4353-91c2-d23bc959ae0c")
TIANO_GUID = uuid.UUID("a31280ad-481e-41b6-95e8-127f4c984779")


def _reader() -> Reader:
    return Reader(kinds=())


def _body(section: bytes) -> bytes:
    return section[24:]


@pytest.mark.parametrize("x86", [False, True])
def test_lzma(x86: bool) -> None:
    """Both LZMA sections give their content to the last byte."""
    packed = _body(volume.lzma_packed(CONTENT, x86=x86))
    unpack = GUIDED[volume.LZMA_X86 if x86 else volume.LZMA].unpack
    reader = _reader()
    assert unpack(packed, reader) == CONTENT
    assert reader.limits.unpacked - reader.left == len(CONTENT)


@pytest.mark.parametrize("size", [1, 3, 4, 5, 6, 1000, 1001, 1002, 1003])
def test_x86_filter_keeps_no_tail_back(size: int) -> None:
    """Content of any length comes whole."""
    packed = _body(volume.lzma_packed(CONTENT[:size], x86=True))
    assert GUIDED[volume.LZMA_X86].unpack(packed, _reader()) == CONTENT[:size]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (b"\x5d" + bytes(3), "no LZMA header"),
        (b"\xff" + bytes(20), "no LZMA header"),
        (struct.pack("<BIQ", 0x5D, 1 << 20, 1 << 62), "in one piece"),
        (struct.pack("<BIQ", 0x5D, 1 << 20, (1 << 64) - 1), "states no size"),
        (struct.pack("<BIQ", 0x5D, 1 << 20, 100) + b"\xff" * 50, "damaged"),
    ],
)
def test_lzma_refusals(head: bytes, why: str) -> None:
    """What a header promises is judged before anything is unpacked."""
    with pytest.raises(SourceError, match=why):
        GUIDED[volume.LZMA].unpack(head, _reader())


def test_huge_dictionary_costs_nothing() -> None:
    """The dictionary is no larger than the content, whatever the header declares."""
    packed = bytearray(_body(volume.lzma_packed(CONTENT)))
    packed[1:5] = b"\xff" * 4
    assert GUIDED[volume.LZMA].unpack(bytes(packed), _reader()) == CONTENT


def test_efi_and_tiano() -> None:
    """Each dialect is known where it belongs, and Tiano also where EFI's is due."""
    standard = efi_compress(CONTENT[:900], dialect=EFI_STANDARD)
    other = efi_compress(CONTENT[:900], dialect=TIANO)
    assert COMPRESSION[1].unpack(standard, _reader()) == CONTENT[:900]
    assert GUIDED[TIANO_GUID].unpack(other, _reader()) == CONTENT[:900]
    assert unpack_standard(other, _reader()) == CONTENT[:900]


def test_brotli_with_and_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the extra it is opened, without it the way to get it is named."""
    brotli = pytest.importorskip("brotli", reason="the extra [brotli] is not installed")
    data = struct.pack("<QQ", len(CONTENT), 0) + brotli.compress(CONTENT)
    assert GUIDED[BROTLI].unpack(data, _reader()) == CONTENT
    with pytest.raises(SourceError, match="longer than its header states"):
        GUIDED[BROTLI].unpack(struct.pack("<QQ", 5, 0) + data[16:], _reader())
    monkeypatch.setitem(sys.modules, "brotli", None)
    with pytest.raises(SourceError, match="brotli is not installed; try pip install"):
        GUIDED[BROTLI].unpack(data, _reader())


def test_gzip() -> None:
    """gzip sections are opened to the size that their end states."""
    assert GUIDED[GZIP].unpack(gzip.compress(CONTENT), _reader()) == CONTENT


@pytest.mark.parametrize("guid", sorted(GUIDED, key=str), ids=lambda g: GUIDED[g].name)
@given(data=st.data())
@settings(max_examples=40, derandomize=True, deadline=None)
def test_any_bytes_end(guid: uuid.UUID, data: st.DataObject) -> None:
    """Damaged content ends in bytes or in our error."""
    samples = {
        volume.LZMA: _body(volume.lzma_packed(CONTENT)),
        volume.LZMA_X86: _body(volume.lzma_packed(CONTENT, x86=True)),
        TIANO_GUID: efi_compress(CONTENT[:300], dialect=TIANO),
        GZIP: gzip.compress(CONTENT),
    }
    packed = bytearray(samples.get(guid, CONTENT))
    for _ in range(data.draw(st.integers(0, 4))):
        packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(SourceError):
        GUIDED[guid].unpack(bytes(packed[: data.draw(st.integers(0, len(packed)))]), _reader())
