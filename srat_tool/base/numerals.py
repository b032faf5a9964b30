"""Numbers in text that comes from outside: in digits that a kernel or firmware writes, and bounded.

`str.isdecimal` accepts the digits of every script, and `int` raises on more than 4,300 of them.
"""

from __future__ import annotations

MAX_DIGITS = 40
"""Limit: decimal digits of a number; 128 bits need 39."""


def whole(text: str | bytes) -> int | None:
    """Return a number of ASCII digits; None for anything else, and for more than `MAX_DIGITS`."""
    if not text or len(text) > MAX_DIGITS or not (text.isascii() and text.isdigit()):
        return None
    return int(text)
