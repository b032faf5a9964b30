"""Compressed streams: all formats, cut, damaged, too large."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.sources.compressed import _FORMATS, Unpacker, unpacked_head
from srat_tool.sources.found import Role
from srat_tool.sources.reader import Reader
from tests.sources.samples import dump, found_in, reasons_in, slit, srat, tables_in
from tests.sources.test_tar import archive


def _lzma(data: bytes) -> bytes:
    return lzma.compress(data, lzma.FORMAT_ALONE)


FORMATS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress, "lzma": _lzma}
each_format = pytest.mark.parametrize("compress", FORMATS.values(), ids=FORMATS)
Compress = Callable[[bytes], bytes]


@each_format
def test_tables_and_dumps(compress: Compress) -> None:
    """A compressed table is a table, a compressed dump a dump, two members one stream."""
    assert tables_in(compress(srat())) == [srat()]
    assert tables_in(compress(dump(srat())) + compress(dump(slit()))) == [srat(), slit()]


@each_format
def test_cut_stream_gives_what_it_has(compress: Compress) -> None:
    """What was unpacked before the end is used, and the end is named."""
    whole = compress(dump(*(srat(n) for n in range(1, 60))))
    assert "ends too early" in reasons_in(whole[:-20])


@each_format
def test_bomb_ends_at_the_budget(compress: Compress) -> None:
    """A stream that grows beyond the budget is stopped and named."""
    bomb = compress(bytes(8 << 20))
    assert "try --max-unpacked" in reasons_in(bomb, unpacked=1 << 20)


@each_format
def test_what_follows_a_stream_is_not_dropped_silently(compress: Compress) -> None:
    """Filling holds nothing; anything else is counted, and another stream is not its member."""
    whole = compress(dump(srat()))
    assert reasons_in(whole + bytes(512)) == ""
    assert tables_in(whole + bytes(8) + compress(dump(slit()))) == [srat(), slit()]
    assert "14 bytes after the" in reasons_in(whole + b"trailing words")
    other = gzip.compress if compress is not gzip.compress else bz2.compress
    assert tables_in(whole + other(slit())) == [srat()]
    assert "bytes after the" in reasons_in(whole + other(slit()))


@each_format
def test_what_follows_a_compressed_archive_is_not_dropped_silently(compress: Compress) -> None:
    """Neither in the stream nor after it."""
    whole = archive({"SRAT": srat()})
    assert tables_in(compress(whole) + compress(archive({"SLIT": slit()}))) == [srat(), slit()]
    assert "not read" in reasons_in(compress(whole + b"words"))
    assert "not read" in reasons_in(compress(whole) + b"words")


def test_zstd_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before Python 3.14 there is no zstd: the pipe that helps is named."""
    monkeypatch.setitem(sys.modules, "compression.zstd", None)
    assert "try zstd -dc" in reasons_in(b"\x28\xb5\x2f\xfd" + bytes(60))
    assert unpacked_head(b"\x28\xb5\x2f\xfd" + bytes(60), 8) == b""


def test_zstd_is_unpacked_where_python_can() -> None:
    """Python 3.14 has a module for it."""
    zstd = pytest.importorskip("compression.zstd")
    whole = zstd.compress(dump(srat()))
    assert tables_in(whole) == [srat()]
    assert "damaged" in reasons_in(whole[:20] + bytes(20) + whole[40:])
    assert "5 bytes after the zstd stream" in reasons_in(whole + b"words")


def test_peek_takes_nothing() -> None:
    """What was looked at is read again."""
    data = gzip.compress(b"abcdef")
    reader = Reader(kinds=())
    stream = Unpacker(data, _FORMATS[0], reader)
    assert stream.peek(3) == b"abc"
    assert (stream.read(4), stream.read(9)) == (b"abcd", b"ef")
    assert reader.limits.unpacked - reader.left == 6


@each_format
@given(data=st.data())
@settings(max_examples=30, derandomize=True, deadline=None)
def test_damaged_streams_end(compress: Compress, data: st.DataObject) -> None:
    """Flipped bytes end in tables or in refusals."""
    whole = bytearray(compress(dump(srat(), slit())))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    found_in(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


def test_many_streams_stay_in_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is gone, a further stream is not begun to be refused."""
    unpacked: list[int] = []
    step = Unpacker._step

    def counted(self: Unpacker, most: int) -> bytes:
        part = step(self, most)
        unpacked.append(len(part))
        return part

    monkeypatch.setattr(Unpacker, "_step", counted)
    bomb = gzip.compress(bytes(1 << 20))
    found_in(archive({f"{at}.gz": bomb for at in range(100)}), unpacked=8 << 20)
    assert sum(unpacked) <= (8 << 20) + 2 * 100


def test_a_stream_is_what_its_file_is_taken_for() -> None:
    """One that the user named is read as its content would be; one that is next to tables may hold
    nothing, and nothing is missed then, unless its name claims a table."""
    part = b"[    0.000000] Early memory node ranges\n" * 3
    assert [one.role for one in found_in(gzip.compress(part)).evidence] == [Role.BOOT_LOG]
    beside = {"SRAT": srat(), "a.gz": gzip.compress(part), "b.gz": gzip.compress(b"words\n" * 9)}
    assert not found_in(archive(beside)).missed
    missed = found_in(archive({**beside, "SLIT.gz": gzip.compress(b"words\n" * 9)})).missed
    assert [one.label for one in missed] == ["input!SLIT.gz/gzip"]
