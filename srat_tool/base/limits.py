"""How much work an input may cause: every bound that a user can set, in one place.

A bound is in force for a whole command, or for a call of the API with `ReadOptions`; what reads or
unfolds something asks `limits()`. What no option changes is a constant next to what it bounds:
digits of a number (`numerals.MAX_DIGITS`), values of a line of a spec (`runs.MAX_PER_LINE`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from srat_tool.base.units import MIB

MAX_WIDTH = 4096
"""Columns of a drawing."""


class Budget(NamedTuple):
    """Bounds on work, in bytes; an input that exceeds one is refused and named, the rest continues.

    Attributes:
        unpacked: unpacked from containers in total; a quarter of it for one member.
        depth: containers within containers.
        table: one table inside a container.
        file: one file that is read whole (a log, memory map, spec, configuration, baseline, dump or
            image), or one stream; archives are read part by part.
        spec: all tables that a spec describes together.
    """

    unpacked: int = 512 * MIB
    depth: int = 16
    table: int = MIB
    file: int = 256 * MIB
    spec: int = 32 * MIB

    @property
    def whole_file(self) -> int:
        """Bytes of a table that is a separate file: nothing had to be unpacked to get them."""
        return 32 * self.table

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Make these the bounds of everything that is called inside."""
        token = _CURRENT.set(self)
        try:
            yield
        finally:
            _CURRENT.reset(token)


_CURRENT: ContextVar[Budget] = ContextVar("limits")
_DEFAULT = Budget()


def limits() -> Budget:
    """Return the bounds that are in force."""
    return _CURRENT.get(_DEFAULT)
