"""A value that is computed when it is first read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """A value that is computed once, when it is first read; equal to one of the same value.

    Args:
        work: computes it.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work

    @cached_property
    def value(self) -> T:
        """The value."""
        return self._work()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return repr(self.value)
