"""EFI and Tiano decompression, bit by bit."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.base.errors import SourceError
from srat_tool.sources.tiano import EFI_STANDARD, TIANO, decompress
from tests.sources.samples import efi_compress, noise

DIALECTS = [EFI_STANDARD, TIANO]
each_dialect = pytest.mark.parametrize("dialect", DIALECTS)


@each_dialect
@pytest.mark.parametrize(
    "data",
    [b"", b"a", b"abcabcabcabc" * 40, bytes(5000), noise(900), b"\0\1" * 300 + noise(100)],
    ids=["empty", "one", "repeats", "zeros", "noise", "mixed"],
)
def test_round_trip(dialect: int, data: bytes) -> None:
    """What was compressed comes back, overlapping matches included."""
    assert decompress(efi_compress(data, dialect=dialect)[8:], len(data), dialect) == data


def _only(symbol: int, position: int = 0) -> bytes:
    """Return a block of 65535 times the same symbol, which takes no bits."""
    digits = f"{65535:016b}" + "0" * 10 + "0" * 9 + f"{symbol:09b}" + "0" * 4 + f"{position:04b}"
    return int(digits.ljust(64, "0"), 2).to_bytes(8, "big")


def test_code_of_one_symbol() -> None:
    """An alphabet of one symbol needs no bits at all."""
    assert decompress(_only(0x41), 1000, EFI_STANDARD) == b"A" * 1000


@pytest.mark.parametrize(
    ("stream", "why"),
    [
        (b"", "blocks without content"),
        (bytes(40), "blocks without content"),
        (_only(300), "match before the beginning"),
        (b"\xff" * 40, "code too long"),
    ],
)
def test_damage_is_named(stream: bytes, why: str) -> None:
    """Each kind of damage has its words."""
    with pytest.raises(SourceError, match=why):
        decompress(stream, 1000, EFI_STANDARD)


def test_cut_stream() -> None:
    """The end is followed by a few zeros, then the error."""
    stream = efi_compress(noise(900), dialect=TIANO)[8:]
    with pytest.raises(SourceError):
        decompress(stream[:500], 900, TIANO)


@each_dialect
@given(data=st.data())
@settings(max_examples=150, derandomize=True, deadline=None)
def test_damaged_streams_end(dialect: int, data: st.DataObject) -> None:
    """Flipped and cut streams end in bytes of the stated size or in our error."""
    stream = bytearray(efi_compress(b"SRAT table " * 30 + noise(60), dialect=dialect)[8:])
    for _ in range(data.draw(st.integers(1, 5))):
        stream[data.draw(st.integers(0, len(stream) - 1))] ^= data.draw(st.integers(1, 255))
    size = data.draw(st.integers(0, 2000))
    with contextlib.suppress(SourceError):
        out = decompress(bytes(stream[: data.draw(st.integers(0, len(stream)))]), size, dialect)
        assert len(out) == size
