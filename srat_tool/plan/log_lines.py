"""The lines of a log, written when they are read: a large HMAT has a million of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import overload


class LogLines(Sequence[str]):
    """Lines that are written anew for every iteration.

    They are stored once their number, or one of them by its index, is asked for.

    Args:
        write: writes all lines.
    """

    def __init__(self, write: Callable[[], Iterable[str]]) -> None:
        self._write = write

    @cached_property
    def _kept(self) -> tuple[str, ...]:
        return tuple(self._write())

    def __iter__(self) -> Iterator[str]:
        kept = self.__dict__.get("_kept")
        return iter(self._write() if kept is None else kept)

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...

    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        return self._kept[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LogLines | tuple | list) and self._kept == tuple(other)

    def __hash__(self) -> int:
        return hash(self._kept)

    def __repr__(self) -> str:
        return repr(self._kept)
