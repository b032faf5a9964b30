"""One difference between two editions of a machine's tables, in words."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class ChangeKind(Enum):
    """What happened."""

    TABLE = "table"
    HEADER = "header"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    RESIZED = "resized"
    DOMAIN = "domain"
    FLAG = "flag"
    ADDED = "added"
    REMOVED = "removed"
    DISTANCE = "distance"
    FIELD = "field"
    ORDER = "order"
    BYTES = "bytes"


class TableChange(NamedTuple):
    """One difference.

    Attributes:
        table: signature, as text.
        kind: what happened.
        text: one sentence, lower case, no full stop, unescaped.
        before: offset of the entry in the first edition; None when it has none.
        after: offset of the entry in the second.
    """

    table: str
    kind: ChangeKind
    text: str
    before: int | None = None
    after: int | None = None
