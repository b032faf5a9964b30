"""The lines of a log, written when they are read: a large HMAT has a million of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import overload


class LogLines(Sequence[str]):
    """Lines that are written anew for every iteration.

    They are stored once their number, or one of them by its index, is asked for.

    Args:
        write: writes all lines.
    """

    def __init__(self, write: Callable[[], Iterable[str]]) -> None:
        self._write = write
        self._stored: tuple[str, ...] | None = None

    @property
    def _lines(self) -> tuple[str, ...]:
        if self._stored is None:
            self._stored = tuple(self._write())
        return self._stored

    def __iter__(self) -> Iterator[str]:
        return iter(self._write() if self._stored is None else self._stored)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...

    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        return self._lines[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LogLines | tuple | list) and self._lines == tuple(other)

    def __hash__(self) -> int:
        return hash(self._lines)

    def __repr__(self) -> str:
        return repr(self._lines)
