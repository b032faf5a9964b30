"""Sections of a firmware file that hold other sections, packed or checked (UEFI PI 1.8, 3, 3.2.5).

Each packing is a row: its name and how it is unpacked. An unsupported one is refused by name.
"""

from __future__ import annotations

import io
import lzma
import uuid
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

from srat_tool.base.errors import SourceError
from srat_tool.sources import tiano
from srat_tool.sources.reader import Reader

_LZMA_HEADER = 13
_STEP = 4 << 20
_UNKNOWN_SIZE = (1 << 64) - 1


class Packing(NamedTuple):
    """One way to pack sections."""

    name: str
    unpack: Callable[[bytes, Reader], bytes]


def _claim(size: int, extra: int, reader: Reader) -> None:
    """Charge the budget for the size in a header, before anything is unpacked."""
    reader.fits(size + extra)
    reader.spend(size)


def _lzma_filter(data: bytes, reader: Reader) -> tuple[dict[str, Any], int]:
    """Return liblzma's filter and the unpacked size that an `.lzma` header states."""
    if len(data) < _LZMA_HEADER or data[0] >= 225:
        raise SourceError("no LZMA header")
    size = int.from_bytes(data[5:13], "little")
    if size == _UNKNOWN_SIZE:
        raise SourceError("LZMA header states no size")
    # A dictionary larger than the output is never used, whatever the header declares.
    dictionary = max(4096, min(int.from_bytes(data[1:5], "little"), size))
    _claim(size, dictionary, reader)
    rest, lc = divmod(data[0], 9)
    pb, lp = divmod(rest, 5)
    options = {"lc": lc, "lp": lp, "pb": pb, "dict_size": dictionary}
    return {"id": lzma.FILTER_LZMA1, **options}, size


def _run_lzma(data: bytes, size: int, filters: list[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    try:
        tool = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)
        part = tool.decompress(data[_LZMA_HEADER:], min(_STEP, size))
        while part:
            out.write(part)
            left = size - out.tell()
            part = tool.decompress(b"", min(_STEP, left)) if left and not tool.eof else b""
    except (lzma.LZMAError, EOFError, ValueError) as error:
        if not out.tell():
            raise SourceError(f"LZMA data is damaged ({error})") from error
    return out.getvalue()


def _unpack_lzma(data: bytes, reader: Reader) -> bytes:
    lzma1, size = _lzma_filter(data, reader)
    return _run_lzma(data, size, [lzma1])


def _unpack_lzma_x86(data: bytes, reader: Reader) -> bytes:
    """Undo LZMA and the x86 branch filter, which keeps back the last bytes of a stream."""
    lzma1, size = _lzma_filter(data, reader)
    out = _run_lzma(data, size, [{"id": lzma.FILTER_X86}, lzma1])
    if len(out) < size:
        out += _run_lzma(data, size, [lzma1])[len(out) :]
    return out


def unpack_standard(data: bytes, reader: Reader) -> bytes:
    """Undo EFI standard compression; some builders put Tiano's dialect there, so that is tried."""
    try:
        return _unpack_tiano(data, reader, tiano.EFI_STANDARD)
    except SourceError:
        return _unpack_tiano(data, reader, tiano.TIANO)


def _unpack_tiano(data: bytes, reader: Reader, dialect: int = tiano.TIANO) -> bytes:
    packed, size = (int.from_bytes(data[at : at + 4], "little") for at in (0, 4))
    _claim(size, 0, reader)
    start = tiano.HEADER_SIZE
    return tiano.decompress(data[start : start + packed], size, dialect)


def _unpack_brotli(data: bytes, reader: Reader) -> bytes:
    """Undo brotli after edk2's header of two sizes, when the extra is installed."""
    try:
        import brotli  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise SourceError("brotli is not installed", hint="pip install srattool[brotli]") from error
    size = int.from_bytes(data[:8], "little")
    _claim(size, 0, reader)
    tool = brotli.Decompressor()
    out = io.BytesIO()
    try:
        for at in range(16, len(data), 4096):
            out.write(tool.process(data[at : at + 4096]))
            if out.tell() > size:
                raise SourceError("brotli data is longer than its header states")
    except brotli.error as error:
        raise SourceError(f"brotli data is damaged ({error})") from error
    return out.getvalue()


def _unpack_gzip(data: bytes, reader: Reader) -> bytes:
    size = int.from_bytes(data[-4:], "little")
    _claim(size, 0, reader)
    try:
        return zlib.decompressobj(wbits=31).decompress(data, max(size, 1))
    except zlib.error as error:
        raise SourceError(f"gzip data is damaged ({error})") from error


def _unpack_crc32(data: bytes, _reader: Reader) -> bytes:
    """Take what follows the check sum; whether it holds is for the firmware to judge."""
    return data


GUIDED: dict[uuid.UUID, Packing] = {
    uuid.UUID("ee4e5898-3914-4259-9d6e-dc7bd79403cf"): Packing("LZMA", _unpack_lzma),
    uuid.UUID("d42ae6bd-1352-4bfb-909a-ca72a6eae889"): Packing("LZMA+x86", _unpack_lzma_x86),
    uuid.UUID("a31280ad-481e-41b6-95e8-127f4c984779"): Packing("Tiano", _unpack_tiano),
    uuid.UUID("3d532050-5cda-4fd0-879e-0f7f630d5afb"): Packing("brotli", _unpack_brotli),
    uuid.UUID("1d301fe9-be79-4353-91c2-d23bc959ae0c"): Packing("gzip", _unpack_gzip),
    uuid.UUID("fc1bcdb0-7d31-49aa-936a-a4600d9dd083"): Packing("CRC32", _unpack_crc32),
}
# By the CompressionType of a compression section.
COMPRESSION: dict[int, Packing] = {
    0: Packing("not compressed", _unpack_crc32),
    1: Packing("EFI standard", unpack_standard),
    2: Packing("LZMA", _unpack_lzma),
}
