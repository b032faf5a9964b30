"""Rows of hex digits with an offset in front, as acpidump, iasl, xxd and hexdump print them."""

from __future__ import annotations

import re
from typing import NamedTuple

# The text column may look like hex, too: bytes end at 16 or at the first double blank.
_ACPIDUMP = re.compile(
    rb"^[ \t]*([0-9A-Fa-f]{4,16}):((?: [0-9A-Fa-f]{2}){1,16})(?=[ \r]|$)", re.MULTILINE
)
_XXD = re.compile(
    rb"^([0-9a-f]{8,16}):((?: [0-9a-f]{4}){0,8}(?: [0-9a-f]{2})?)(?=  )", re.MULTILINE
)
_HEXDUMP = re.compile(rb"^([0-9a-f]{8,16})  ((?:[0-9a-f]{2} {1,2}){1,16}) *\|", re.MULTILINE)
_STYLES = (_XXD, _HEXDUMP, _ACPIDUMP)


class Rows(NamedTuple):
    """What a run of rows gives.

    Attributes:
        data: the bytes up to the end or the first gap.
        gap: offset of the first row that does not follow the one before; None when all do.
    """

    data: bytes
    gap: int | None


def parse(text: bytes) -> Rows:
    """Read acpidump's rows until one does not begin where the one before ended."""
    return _join(_ACPIDUMP, text)


def parse_any(text: bytes) -> Rows:
    """Read rows in whichever style the text begins with."""
    start = text[:4096]
    style = next((s for s in _STYLES if s.search(start)), None)
    return Rows(b"", None) if style is None else _join(style, text)


def _join(style: re.Pattern[bytes], text: bytes) -> Rows:
    parts: list[bytes] = []
    at = 0
    for offset, digits in style.findall(text):
        if int(offset, 16) != at:
            return Rows(b"".join(parts), int(offset, 16))
        row = bytes.fromhex(digits.decode("ascii"))
        parts.append(row)
        at += len(row)
    return Rows(b"".join(parts), None)
