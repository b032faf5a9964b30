"""An answer that is worked out when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """A value that is worked out once, when it is first asked for; equal to one of the same value.

    Args:
        work: works it out.
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
