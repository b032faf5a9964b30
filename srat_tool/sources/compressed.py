"""Compressed streams, unpacked forwards in small steps and charged byte by byte.

gzip, bzip2, xz and lzma always; zstd where Python has it (3.14 and later).
"""

from __future__ import annotations

import bz2
import io
import lzma
import re
import zlib
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from srat_tool.base.errors import SourceError
from srat_tool.base.units import MIB
from srat_tool.sources import archive, tar
from srat_tool.sources.filebytes import Buffer
from srat_tool.sources.marks import BZIP2, GZIP, LZMA, XZ, ZSTD, is_compressed
from srat_tool.sources.reader import Piece, Reader

_STEP = 1 << 16
# xz -9 needs 65 MiB; a stream that requires more would only cost memory.
_XZ_MEMORY = 96 * MIB


class _Tool(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Gunzip:
    """zlib's object with the interface of the other two."""

    def __init__(self) -> None:
        self._tool = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._tool.eof

    @property
    def unused_data(self) -> bytes:
        return self._tool.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._tool.unconsumed_tail

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._tool.decompress(self._tool.unconsumed_tail + data, max_length)


class _Unzstd:
    """Python's object of zstd with an error that this module knows."""

    def __init__(self) -> None:
        try:
            self._module = import_module("compression.zstd")
        except ImportError as error:
            what = "zstd is unpacked only with Python 3.14 and later"
            raise SourceError(what, hint="zstd -dc FILE | srattool ... -") from error
        self._tool = cast(_Tool, self._module.ZstdDecompressor())

    @property
    def eof(self) -> bool:
        return self._tool.eof

    @property
    def unused_data(self) -> bytes:
        return self._tool.unused_data

    @property
    def needs_input(self) -> bool:
        return self._tool.needs_input

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        try:
            return self._tool.decompress(data, max_length)
        except self._module.ZstdError as error:
            raise ValueError(str(error)) from error


class _Format(NamedTuple):
    name: str
    magic: bytes
    new: Callable[[], _Tool]


_FORMATS = (
    _Format("gzip", GZIP, _Gunzip),
    _Format("bzip2", BZIP2, bz2.BZ2Decompressor),
    _Format("xz", XZ, lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY)),
    _Format("lzma", LZMA, lambda: lzma.LZMADecompressor(lzma.FORMAT_ALONE, _XZ_MEMORY)),
    _Format("zstd", ZSTD, _Unzstd),
)
_ERRORS = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)
# What fills a stream up to the size of a block, and the end of a line, hold nothing.
_SOMETHING = re.compile(rb"[^\0\r\n]")


def _format(data: Buffer) -> _Format | None:
    if not is_compressed(data):
        return None
    return next((f for f in _FORMATS if data[: len(f.magic)] == f.magic), None)


class Unpacker:
    """Reads an unpacked stream forwards only; members after each other count as one stream."""

    def __init__(self, data: Buffer, form: _Format, reader: Reader) -> None:
        self._data = data
        self._form = form
        self._reader = reader
        self._tool = form.new()
        self._at = 0
        self._kept = b""
        self._has_ended = False

    @property
    def rest(self) -> int:
        """Bytes after the end of the stream that are not read."""
        return len(self._data) - self._at if self._has_ended else 0

    def peek(self, size: int) -> bytes:
        """Return the next bytes without taking them."""
        self._kept = self.read(size)
        return self._kept[:size]

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer only at the end.

        Raises:
            SourceError: when the stream is damaged or cut, or the budget is used up.
        """
        parts = [self._kept[:size]]
        self._kept = self._kept[size:]
        missing = size - len(parts[0])
        while missing > 0:
            part = self.some(missing)
            if not part:
                break
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def some(self, most: int) -> bytes:
        """Return at least one byte and at most `most`, empty only at the end."""
        if self._kept:
            part, self._kept = self._kept[:most], self._kept[most:]
            return part
        while not self._finished():
            part = self._step(min(most, self._reader.left + 1))
            if part:
                self._reader.spend_all(len(part))
                return part
        return b""

    def _step(self, most: int) -> bytes:
        chunk = b""
        if self._tool.needs_input:
            chunk = self._data[self._at : self._at + _STEP]
            self._at += len(chunk)
            if not chunk:
                raise SourceError("compressed data ends too early")
        try:
            return self._tool.decompress(chunk, min(most, _STEP * 4))
        except _ERRORS as error:
            raise SourceError(f"compressed data is damaged ({error})") from error

    def _finished(self) -> bool:
        """Continue with the next member, if there is one; anything else ends the stream."""
        if not self._tool.eof or self._has_ended:
            return self._has_ended
        self._at = self._something(self._at - len(self._tool.unused_data))
        if _format(self._data[self._at : self._at + 16]) is not self._form:
            self._has_ended = True
        else:
            self._tool = self._form.new()
        return self._has_ended

    def _something(self, at: int) -> int:
        """Return where filling ends."""
        while at < len(self._data):
            part = self._data[at : at + _STEP]
            match = _SOMETHING.search(part)
            if match is not None:
                return at + match.start()
            at += len(part)
        return at


def read(piece: Piece, reader: Reader) -> None:
    """Unpack: an archive member by member, anything else into memory."""
    form = _format(piece.data)
    if form is None:
        begins = piece.data[:4].hex()
        raise SourceError(f"begins with {begins}, expected a gzip, bzip2, xz, lzma or zstd stream")
    stream = Unpacker(piece.data, form, reader)
    if tar.sniff(stream.peek(tar.BLOCK)):
        archive.read_members(piece, tar.members(stream), f"{form.name} tar archive", reader)
    else:
        inner = piece.inside(form.name, _whole(stream, piece, reader))
        reader.opened(piece.origin.label, f"{form.name} stream", len(inner.data), piece.depth)
        reader.descend(inner)
    if stream.rest:
        what = f"{stream.rest} bytes after the {form.name} stream"
        reader.refuse(piece.origin.label, f"{what} are not read")


def unpacked_head(data: Buffer, size: int) -> bytes:
    """Return the first bytes of a stream; fewer, or none, where it is cut, damaged or not ours."""
    form = _format(data)
    if form is None:
        return b""
    head = io.BytesIO()
    try:
        stream = Unpacker(data, form, Reader(kinds=()))
        while head.tell() < size and (part := stream.some(size - head.tell())):
            head.write(part)
    except SourceError:
        pass  # the head is all that is asked for
    return head.getvalue()


def _whole(stream: Unpacker, piece: Piece, reader: Reader) -> bytes:
    """Return all that can be had; what ended it too early is refused, the rest is used."""
    whole = io.BytesIO()
    try:
        while part := stream.some(_STEP * 4):
            whole.write(part)
            reader.fits(whole.tell())
    except SourceError as error:
        reader.refuse(piece.origin.label, error.reason)
    return whole.getvalue()
