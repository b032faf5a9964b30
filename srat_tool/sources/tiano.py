"""EFI standard and Tiano decompression: LZ77 with three Huffman codes in every block.

UEFI 2.10, 19 describes the stream; the two dialects differ only in the width of one count. Work is
bounded by the bytes of input and output: real encoders write blocks of more than a thousand
symbols, so a stream of tiny blocks is refused.
"""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.errors import SourceError

EFI_STANDARD = 4
TIANO = 5
HEADER_SIZE = 8

_LITERALS = 256
_SHORTEST_MATCH = 3
_SYMBOLS = 510
_SYMBOLS_WIDTH = 9
_LENGTHS = 19
_LENGTHS_WIDTH = 5
_POSITIONS = 31
_LONGEST_CODE = 16
_QUICK = 12
_BLOCK_BYTES = 1024


class _Code(NamedTuple):
    """A canonical Huffman code.

    Attributes:
        quick: by the next 12 bits, symbol * 32 + code length; -1 where the code is longer.
        slow: the same by (length, code).
        only: the symbol when there is no other, which then takes no bits.
    """

    quick: list[int]
    slow: dict[tuple[int, int], int]
    only: int | None


class _Bits:
    """The stream, most significant bit first; after its end come zeros, but not for long."""

    __slots__ = ("at", "data", "have", "held")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.held = 0
        self.have = 0

    def fill(self) -> None:
        """Hold at least 64 bits."""
        if self.at > len(self.data) + 16:
            raise SourceError("compressed data ends too early")
        chunk = self.data[self.at : self.at + 8].ljust(8, b"\0")
        self.held = self.held << 64 | int.from_bytes(chunk, "big")
        self.have += 64
        self.at += 8

    def peek(self, width: int) -> int:
        """Return the next bits, and leave them."""
        if self.have < width:
            self.fill()
        return self.held >> (self.have - width)

    def drop(self, width: int) -> None:
        """Go on by so many bits that were peeked."""
        self.have -= width
        self.held &= (1 << self.have) - 1

    def take(self, width: int) -> int:
        """Return the next bits."""
        value = self.peek(width)
        self.drop(width)
        return value


def decompress(data: bytes, size: int, dialect: int) -> bytes:
    """Return the `size` bytes that a stream represents.

    Args:
        data: the stream, after its header.
        size: as the header declares.
        dialect: `EFI_STANDARD` or `TIANO`.

    Raises:
        SourceError: when the stream is damaged.
    """
    bits = _Bits(data)
    out = bytearray()
    blocks = 2 + size // _BLOCK_BYTES
    while len(out) < size:
        blocks -= 1
        count = bits.take(16)
        if blocks < 0 or count == 0:
            raise SourceError("compressed data is damaged (blocks without content)")
        lengths = _code(_read_lengths(bits, _LENGTHS, _LENGTHS_WIDTH, 3))
        symbols = _code(_read_symbols(bits, lengths))
        positions = _code(_read_lengths(bits, _POSITIONS, dialect, None))
        _block(bits, out, min(count, size - len(out)), symbols, positions)
    return bytes(out[:size])


def _block(bits: _Bits, out: bytearray, count: int, symbols: _Code, positions: _Code) -> None:
    if symbols.only is not None and symbols.only < _LITERALS:
        out += bytes([symbols.only]) * count
        return
    quick = symbols.quick
    for _ in range(count):
        # The common case is written out: a call for each literal would double the time.
        if bits.have < _LONGEST_CODE:
            bits.fill()
        entry = quick[bits.held >> (bits.have - _QUICK)]
        if entry >= 0:
            bits.have -= entry & 31
            bits.held &= (1 << bits.have) - 1
            symbol = entry >> 5
        else:
            symbol = _slow(bits, symbols)
        if symbol < _LITERALS:
            out.append(symbol)
        else:
            _copy(out, _distance(bits, positions), symbol - _LITERALS + _SHORTEST_MATCH)


def _copy(out: bytearray, distance: int, length: int) -> None:
    start = len(out) - distance
    if start < 0:
        raise SourceError("compressed data is damaged (match before the beginning)")
    if distance >= length:
        out += out[start : start + length]
    else:
        out += (out[start:] * (length // distance + 1))[:length]


def _distance(bits: _Bits, positions: _Code) -> int:
    width = _symbol(bits, positions)
    return width + 1 if width <= 1 else (1 << (width - 1)) + bits.take(width - 1) + 1


def _symbol(bits: _Bits, code: _Code) -> int:
    if code.only is not None:
        return code.only
    entry = code.quick[bits.peek(_LONGEST_CODE) >> (_LONGEST_CODE - _QUICK)]
    if entry < 0:
        return _slow(bits, code)
    bits.drop(entry & 31)
    return entry >> 5


def _slow(bits: _Bits, code: _Code) -> int:
    for length in range(_QUICK + 1, _LONGEST_CODE + 1):
        symbol = code.slow.get((length, bits.peek(length)))
        if symbol is not None:
            bits.drop(length)
            return symbol
    raise SourceError("compressed data is damaged (no such code)")


def _code(lengths: list[int] | int) -> _Code:
    """Build a code from the length of each symbol's code, or from the only symbol."""
    if isinstance(lengths, int):
        return _Code([lengths << 5] * (1 << _QUICK), {}, lengths)
    of_length = _by_length(lengths)
    quick: list[int] = []
    slow: dict[tuple[int, int], int] = {}
    code = 0
    for length in range(1, _LONGEST_CODE + 1):
        code <<= 1
        for symbol in of_length[length]:
            if length <= _QUICK:
                quick += [symbol << 5 | length] * (1 << (_QUICK - length))
            else:
                slow[length, code] = symbol
            code += 1
        if code > 1 << length:
            raise SourceError("compressed data is damaged (too many codes)")
    if code != 1 << _LONGEST_CODE:
        raise SourceError("compressed data is damaged (too few codes)")
    return _Code(quick + [-1] * ((1 << _QUICK) - len(quick)), slow, None)


def _by_length(lengths: list[int]) -> list[list[int]]:
    if max(lengths, default=0) > _LONGEST_CODE:
        raise SourceError("compressed data is damaged (code too long)")
    of_length: list[list[int]] = [[] for _ in range(_LONGEST_CODE + 1)]
    for symbol, length in enumerate(lengths):
        of_length[length].append(symbol)
    return of_length


def _read_lengths(bits: _Bits, most: int, width: int, pause: int | None) -> list[int] | int:
    """Read the code lengths of a small alphabet; after `pause` symbols comes a count of zeros."""
    count = bits.take(width)
    if count == 0:
        return bits.take(width)
    lengths: list[int] = []
    while len(lengths) < min(count, most):
        lengths.append(_read_length(bits))
        if len(lengths) == pause:
            lengths += [0] * bits.take(2)
    return lengths


def _read_length(bits: _Bits) -> int:
    """Read three bits; seven is continued in unary."""
    length = bits.take(3)
    if length == 7:
        while bits.take(1):
            length += 1
            if length > _LONGEST_CODE:
                raise SourceError("compressed data is damaged (code too long)")
    return length


def _read_symbols(bits: _Bits, code: _Code) -> list[int] | int:
    """Read the code lengths of literals and matches, themselves coded, with runs of zeros."""
    count = bits.take(_SYMBOLS_WIDTH)
    if count == 0:
        return bits.take(_SYMBOLS_WIDTH)
    lengths: list[int] = []
    while len(lengths) < min(count, _SYMBOLS):
        symbol = _symbol(bits, code)
        if symbol > 2:
            lengths.append(symbol - 2)
        else:
            lengths += [0] * (1, 3, 20)[symbol]
            if symbol:
                lengths += [0] * bits.take((4, _SYMBOLS_WIDTH)[symbol - 1])
    return lengths[:_SYMBOLS]
