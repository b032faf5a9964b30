"""What every table of (type, length) structures may hold in addition to them."""

from __future__ import annotations

from typing import NamedTuple


class Hole(NamedTuple):
    """Bytes that cannot be a structure: they state length zero, or are too few to state one.

    `type` and `length` are the values found, so that a walk that dispatches on them can be
    mirrored; of a tail too short to hold a length, its first byte and 0.
    """

    offset: int
    type: int
    length: int
    extra: bytes

    @property
    def enabled(self) -> bool:
        """Always false."""
        return False
