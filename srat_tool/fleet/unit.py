"""A unit of work: files that have to be read together, and how one notices that they changed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from srat_tool.fleet.texts import digest


class Unit(NamedTuple):
    """Files that are read together: those of one machine, or one file with any number of machines.

    Attributes:
        top: the folder that the members are in; without members, what is read as a whole: `-`,
            `example:NAME`, the folder of the running system's tables.
        members: paths below `top`, in the order in which they are read.
        size: bytes of all members on disk.
        state: changes when a member does; empty where that cannot be known.
        named: the user named a file of it, or its folder, and expects a machine in it.
    """

    top: str
    members: tuple[str, ...] = ()
    size: int = 0
    state: str = ""
    named: bool = False

    @property
    def name(self) -> str:
        """What distinguishes it from other units: the folder of all members, or the only file."""
        if not self.members:
            return self.top
        common = os.path.commonpath(self.members) if len(self.members) > 1 else self.members[0]
        return below(self.top, common)

    @property
    def key(self) -> str:
        """A short text that differs between units."""
        return digest(self.top, *self.members)[:32]


def below(top: str, inner: str) -> str:
    """Return the path of a member as the user would write it."""
    if not inner:
        return top
    if top in {"", "."}:
        return inner
    return f"{top.rstrip('/')}/{inner}"


def unit_of(top: str, members: Iterable[str], *, named: bool = False) -> Unit:
    """Return a unit with the state that its files are in now."""
    states = []
    total = 0
    inners = tuple(members)
    for inner in inners:
        try:
            status = Path(top, inner).stat()
            facts = f"{status.st_size} {status.st_mtime_ns}"
            total += status.st_size
        except OSError as error:
            facts = f"error {error.errno}"
        states += [inner, facts]
    return Unit(top, inners, total, digest(*states)[:32], named)
