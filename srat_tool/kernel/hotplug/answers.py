"""What the kernel does with one event."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.span import Span


class KernelError(NamedTuple):
    """Why the kernel does not do something: the name of the error, and its line if it has one."""

    errno: str
    line: str = ""

    @property
    def text(self) -> str:
        """Both, as one text."""
        return f"{self.errno}: {self.line}" if self.line else self.errno


class EventOutcome(NamedTuple):
    """One event.

    Attributes:
        accepted: None where it cannot be known.
        why: one sentence.
        nid: the node that memory joins; None where the event concerns none.
        refusal: the first error; None without one.
        touched: memory blocks that were made or changed.
        gone: memory blocks that were removed.
        memmap_pages: of all new blocks, pages that hold their own memory map.
        made: bytes of new blocks.
        lines: what the kernel prints, unless it is built and configured to print everything.
        unsettled: why other blocks of a refused range may change nevertheless; empty if none may.
    """

    accepted: bool | None
    why: str
    nid: int | None = None
    refusal: KernelError | None = None
    touched: tuple[Span, ...] = ()
    gone: tuple[Span, ...] = ()
    memmap_pages: int = 0
    made: int = 0
    lines: tuple[str, ...] = ()
    unsettled: str = ""


def refused(
    refusal: KernelError, why: str, nid: int | None = None, *, prints: bool = True
) -> EventOutcome:
    """Return the outcome of an event that the kernel refuses.

    Args:
        refusal: the error.
        why: one sentence.
        nid: the node that memory would have joined.
        prints: its line is not a debug message (`pr_debug`).
    """
    lines = (refusal.line,) if refusal.line and prints else ()
    return EventOutcome(False, why, nid, refusal, lines=lines)
