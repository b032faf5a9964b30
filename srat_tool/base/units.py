"""Sizes and addresses as users and kernels write them.

`parse_size` is for the program's options and specs; the kernel's `memparse` is in
`kernel/bootopts.py`.
"""

from __future__ import annotations

import re

from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Pfn, Span

KIB, MIB, GIB, TIB, PIB, EIB = (1 << shift for shift in (10, 20, 30, 40, 50, 60))
PAGE_SHIFT = 12
PAGE_SIZE = 1 << PAGE_SHIFT
U32, U64 = (1 << 32) - 1, (1 << 64) - 1
BIOS_AREA = Span(640 * KIB, MIB)
"""No kernel of a machine with an e820 map takes it for RAM (`trim_bios_range`)."""
LOW_END = 4 * GIB
"""The first address that needs more than 32 bits; a PC's devices are right below it."""

_UNITS = (("E", EIB), ("P", PIB), ("T", TIB), ("G", GIB), ("M", MIB), ("K", KIB))
_SCALES = dict(_UNITS)
_NUMBER = r"0[xX][0-9a-fA-F]{1,32}|[0-9]{1,40}(?:\.[0-9]{1,40})?"
_SIZE = rf"({_NUMBER})\s{{0,9}}(?:([KMGTPEkmgtpe])(?:i?[Bb])?|[Bb])?"


def pfn_up(address: int, shift: int = PAGE_SHIFT) -> Pfn:
    """Return the first frame of `1 << shift` bytes at or above an address (kernel `PFN_UP`)."""
    return Pfn((address + (1 << shift) - 1) >> shift)


def pfn_down(address: int, shift: int = PAGE_SHIFT) -> Pfn:
    """Return the frame of `1 << shift` bytes that holds an address (kernel `PFN_DOWN`)."""
    return Pfn(address >> shift)


def int32(value: int) -> int:
    """Return what is left of a number in an `int` of C, which has 32 bits."""
    return (value + (1 << 31) & U32) - (1 << 31)


def align_up(value: int, step: int) -> int:
    """Round up to a multiple of `step`."""
    return -(-value // step) * step


def align_down(value: int, step: int) -> int:
    """Round down to a multiple of `step`."""
    return value // step * step


def inward(span: Span, step: int) -> Span:
    """Return the part of a range between multiples of `step`; empty when there is none."""
    start = align_up(span.start, step)
    return Span(start, max(start, align_down(span.end, step)))


def parse_size(text: str, *, where: str | None = None) -> int:
    """Read `4G`, `640K`, `1.5GiB`, `0x1000` or plain bytes.

    Raises:
        SratToolError: when the text is not a size or the fraction is not a whole number of bytes.
    """
    match = re.fullmatch(_SIZE, text.strip())
    if match is None:
        raise SratToolError(
            "not a size", where=where, got=repr(text), expected="4G, 640K or 0x1000"
        )
    number, unit = match.groups()
    scale = _SCALES[unit.upper()] if unit else 1
    if number[:2].lower() == "0x":
        return int(number, 16) * scale
    whole, _, fraction = number.partition(".")
    value = int(whole) * scale
    if fraction:
        part, rest = divmod(int(fraction) * scale, 10 ** len(fraction))
        if rest:
            raise SratToolError("not a whole number of bytes", where=where, got=repr(text))
        value += part
    return value


def format_size(size: int) -> str:
    """Return a size as text: `640K`, `31.9G`; rounded to the nearest tenth of its unit."""
    if size < KIB:
        return f"{size}B"
    at = max(0, len(_UNITS) - (size.bit_length() - 1) // 10)
    count = _tenths(size, at)
    if count >= 10 * KIB and at:
        at -= 1
        count = _tenths(size, at)
    unit = _UNITS[at][0]
    return f"{count // 10}{unit}" if count % 10 == 0 else f"{count // 10}.{count % 10}{unit}"


def _tenths(size: int, at: int) -> int:
    scale = _UNITS[at][1]
    return (size * 10 + scale // 2) // scale


def exact_size(size: int) -> str:
    """Return a size that `parse_size` reads back: in the largest unit that divides it, or hex."""
    for name, scale in _UNITS:
        if size and size % scale == 0:
            return f"{size // scale}{name}"
    return hex(size)


def mem_range(span: Span, width: int = 10) -> str:
    """Return the kernel's `[mem 0x00000000-0x0009ffff]`; inclusive end, modulo 2^64.

    Args:
        span: half-open byte range.
        width: minimum characters of each number, `0x` included (`%#010Lx` is 10).
    """
    return f"[mem {span.start & U64:#0{width}x}-{(span.end - 1) & U64:#0{width}x}]"
