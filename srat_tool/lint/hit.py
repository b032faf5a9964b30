"""What a rule yields, and how bad it is."""

from __future__ import annotations

from collections.abc import Hashable
from enum import IntEnum
from typing import Any, NamedTuple, Protocol

from srat_tool.base.rawtable import RawTable


class Severity(IntEnum):
    """How bad it is; an error makes a build fail by default."""

    INFO = 0
    WARNING = 1
    ERROR = 2

    @property
    def label(self) -> str:
        """The word in output and options."""
        return self.name.lower()


class Located(Protocol):
    """Where a hit is: a view of a table."""

    raw: RawTable


class Hit(NamedTuple):
    """What a rule yields: a message and its place; the engine adds the rest.

    Attributes:
        message: one sentence about the user's table, lower case, no full stop.
        table: the table it is about; None for the one that is being checked.
        offset: first byte of the field inside the table; None when there is no such place.
        size: bytes of the field.
        entry: the structure that it is about, whose name precedes the message; it is made for
            listed hits only, since a damaged table has more hits than are ever listed.
        severity: when it differs from the rule's.
        why: when there is more to report than the page's section, such as the line that is printed.
        more: places of the same kind that the rule counted and does not yield.
        about: what of the machine it is about, such as `domain 5`, in the words that other rules
            use for it; empty when the structure is all.
        values: what replaces `N`, `[mem ...]` and `...` in the lines that the page quotes from
            the kernel, in their order; fewer where a line does not fit.
        alike: what hits of a rule about one table have in common when they have one cause, such as
            a block that was copied; None: those with one message about one type of structure do.
        others: hits like this one that the rule counted and does not yield.
    """

    message: str
    table: Located | None = None
    offset: int | None = None
    size: int = 0
    entry: Any = None
    severity: Severity | None = None
    why: str = ""
    more: int = 0
    about: str = ""
    values: tuple[object, ...] = ()
    alike: Hashable = None
    others: int = 0

    @property
    def likeness(self) -> Hashable:
        """What hits of a rule share that have one cause."""
        own = self.message if self.alike is None else self.alike
        return id(self.table), getattr(self.entry, "type", None), own
