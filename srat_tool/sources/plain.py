"""Telling text from binary."""

from __future__ import annotations

import re

# Tab, line ends, form feed and ESC (coloured logs) are text; 0xff is erased flash, not a letter.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\xff]")


def is_text(data: bytes) -> bool:
    """Return whether no byte is there that text does not hold."""
    return _BINARY.search(data) is None
