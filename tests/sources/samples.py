"""Tables and inputs that the tests of this room make for themselves."""

from __future__ import annotations

import hashlib

from srat_tool.base.limits import Budget
from srat_tool.base.rawtable import Origin
from srat_tool.sources.detect import KINDS
from srat_tool.sources.filebytes import Buffer
from srat_tool.sources.found import Found
from srat_tool.sources.reader import Piece, Reader


def table(
    signature: bytes = b"SRAT", body: bytes = bytes(12), *, checksum: int | None = None
) -> bytes:
    """Return a table with a sound header around `body`; `checksum` overrides the right one."""
    head = signature + (36 + len(body)).to_bytes(4, "little")
    data = bytearray(head + b"\x03\x00OEMID OEMTABLE\x01\0\0\0TEST\x01\0\0\0" + body)
    data[9] = -sum(data) & 0xFF if checksum is None else checksum
    return bytes(data)


def srat(entries: int = 4, **options: int) -> bytes:
    """Return an SRAT of so many memory entries of 1 GiB."""
    body = b"\x01\0\0\0" + bytes(8)
    for n in range(entries):
        head = b"\x01\x28" + n.to_bytes(4, "little") + bytes(2)
        span = (n << 30).to_bytes(8, "little") + (1 << 30).to_bytes(8, "little")
        body += head + span + bytes(4) + b"\x01\0\0\0" + bytes(8)
    return table(b"SRAT", body, **options)


def slit(nodes: int = 2, **options: int) -> bytes:
    """Return a SLIT of so many localities."""
    rows = bytes(10 if i == j else 20 for i in range(nodes) for j in range(nodes))
    return table(b"SLIT", nodes.to_bytes(8, "little") + rows, **options)


def noise(size: int, seed: int = 1) -> bytes:
    """Return bytes that are nothing."""
    return hashlib.shake_128(b"%d" % seed).digest(size)


def found_in(data: Buffer, **limits: int) -> Found:
    """Return what an input of these bytes gives."""
    reader = Reader(kinds=KINDS, limits=Budget(**limits))
    reader.descend(Piece(data=data, origin=Origin(path="input")))
    return reader.found


def tables_in(data: Buffer, **limits: int) -> list[bytes]:
    """Return the tables that an input of these bytes gives."""
    return [t.data for t in found_in(data, **limits).tables]


def reasons_in(data: Buffer, **limits: int) -> str:
    """Return all that was refused, as one text."""
    return "\n".join(f"{r.label}: {r.reason}" for r in found_in(data, **limits).refused)


def dump(*tables: bytes) -> bytes:
    """Return acpidump's text of these tables."""
    text = b""
    for data in tables:
        text += data[:4] + b" @ 0x0000000000000000\n"
        for at in range(0, len(data), 16):
            row = data[at : at + 16]
            digits = row.hex(" ").upper().encode()
            shown = bytes(b if 0x20 <= b < 0x7F else 0x2E for b in row)
            text += b"    %04X: %-47b  %b\n" % (at, digits, shown)
        text += b"\n"
    return text


def initrd(*files: tuple[str, bytes]) -> bytes:
    """Return an uncompressed newc archive of these files."""
    whole = b""
    for name, data in (*files, ("TRAILER!!!", b"")):
        raw = name.encode() + b"\0"
        numbers = [1, 0o100644, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(raw), 0]
        head = b"070701" + b"".join(b"%08X" % n for n in numbers) + raw
        whole += head + bytes(-len(head) % 4) + data + bytes(-len(data) % 4)
    return whole + bytes(-len(whole) % 512)


class _BitWriter:
    def __init__(self) -> None:
        self.text = ""

    def put(self, value: int, width: int) -> None:
        self.text += f"{value:0{width}b}" if width else ""

    def bytes(self) -> bytes:
        padded = self.text + "0" * (-len(self.text) % 8 + 64)
        return int(padded, 2).to_bytes(len(padded) // 8, "big")


def _match(data: bytes, at: int) -> tuple[int, int]:
    """Return length and distance of the longest match among the last 128 bytes."""
    best = (0, 0)
    for distance in range(1, min(at, 128) + 1):
        length = 0
        while length < 256 and at + length < len(data):
            if data[at + length] != data[at + length - distance]:
                break
            length += 1
        best = max(best, (length, -distance))
    return best[0], -best[1]


def efi_compress(data: bytes, *, dialect: int) -> bytes:
    """Return an EFI stream of `data`: one block, codes of fixed shape.

    Symbols 0 and 1 take eight bits and the other 508 nine, which makes a complete code; eight
    position codes of three bits reach 128 bytes back.
    """
    symbols: list[tuple[int, int]] = []
    at = 0
    while at < len(data):
        length, distance = _match(data, at)
        symbols.append((253 + length, distance) if length >= 3 else (data[at], 0))
        at += length if length >= 3 else 1
    bits = _BitWriter()
    bits.put(len(symbols), 16)
    # Code lengths of the lengths: "8 + 2" and "9 + 2" one bit each; three zeros after the third.
    bits.put(12, 5)
    bits.put(0, 9)
    bits.put(3, 2)
    for index in range(6, 12):
        bits.put(1 if index >= 10 else 0, 3)
    bits.put(510, 9)
    for symbol in range(510):
        bits.put(0 if symbol < 2 else 1, 1)
    bits.put(8, dialect)
    for _ in range(8):
        bits.put(3, 3)
    for symbol, distance in symbols:
        bits.put(*((symbol, 8) if symbol < 2 else (symbol + 2, 9)))
        if symbol >= 256:
            width = (distance - 1).bit_length()
            bits.put(width, 3)
            bits.put((distance - 1) & ~(1 << (width - 1)) if width > 1 else 0, max(width - 1, 0))
    stream = bits.bytes()
    return len(stream).to_bytes(4, "little") + len(data).to_bytes(4, "little") + stream
