"""The cells that one kind of structure fills in a line of `inspect`, and words for them."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import U64, mem_range

SHOWN_BYTES = 16


class What(NamedTuple):
    """What one class of entries declares in addition to its type and flags."""

    what: str
    domain: str = ""
    size: str = ""


def byte_text(data: bytes) -> str:
    """Return how many bytes there are, and the first of them."""
    shown = data[:SHOWN_BYTES].hex(" ")
    rest = " ..." if len(data) > SHOWN_BYTES else ""
    if not any(data):
        shown, rest = "all zero" if data else "", ""
    return f"{len(data)} bytes {shown}{rest}".rstrip()


def range_text(start: int, size: int) -> str:
    """Return a range as the kernel prints it, or that it is empty."""
    if not size:
        return f"empty at {start:#x}"
    text = mem_range(Span(start, start + size), 12)
    return text if start + size - 1 <= U64 else f"{text} wraps past 2^64"
