"""From what the user named to units: which files belong to one machine, by their names.

A folder is walked without reading its files, except the beginning of those that may hold machines
of their own where a folder has several of them. The answer is that of `sources`: what it would take
as one machine is in one unit.
"""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from srat_tool.base.errors import SourceError
from srat_tool.fleet.containers import apart
from srat_tool.fleet.unit import Unit, below, unit_of
from srat_tool.sources.directory import MAX_DEPTH, is_sysfs, natural
from srat_tool.sources.examples import PREFIX
from srat_tool.sources.filebytes import check_named
from srat_tool.sources.place import claims_table, machine_of, role_of

_FILE, _FOLDER, _OTHER = "file", "folder", "other"


class Unreadable(NamedTuple):
    """A path that could not be looked into.

    Attributes:
        path: which.
        reason: why.
    """

    path: str
    reason: str


Walked = Unit | Unreadable


def find_units(paths: Sequence[str]) -> Iterator[Walked]:
    """Yield the units of everything that was named, each as soon as it is complete.

    Files that are named one by one belong together as they would if their folder were named.
    """
    files: dict[str, list[str]] = defaultdict(list)
    for path in dict.fromkeys(paths):
        kind = _kind(path)
        if isinstance(kind, Unreadable):
            yield kind
        elif kind == "folder":
            yield from _Walk(path).units()
        elif kind == "file":
            folder, _, name = path.rpartition("/")
            files[folder or ("/" if path.startswith("/") else ".")].append(name)
        else:
            yield Unit(path, named=True)
    for folder, names in files.items():
        yield from _units_of(folder, names, named=True)


def _kind(path: str) -> str | Unreadable:
    """Return `folder`, `file` or `whole`."""
    if path == "-" or path.startswith(PREFIX) or is_sysfs(path):
        return "whole"
    try:
        check_named(path)
        mode = Path(path).stat().st_mode
    except SourceError as error:
        return Unreadable(path, error.what)
    except OSError as error:
        return Unreadable(path, (error.strerror or str(error)).lower())
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "whole"


class _MachineFiles(NamedTuple):
    """Files of one machine as far as their names show.

    Attributes:
        members: paths below the top.
        evidence_only: none of them can hold tables.
    """

    members: list[str]
    evidence_only: bool


class _Walk:
    """One walk through a folder that was named."""

    def __init__(self, top: str) -> None:
        self.top = top
        self._open: dict[str, list[str]] = defaultdict(list)

    def units(self) -> Iterator[Walked]:
        """Yield what is in the folder."""
        empty = True
        for group in self._groups("", 0):
            if isinstance(group, Unreadable):
                yield group
                continue
            empty = False
            yield from _units_of(self.top, group.members)
        if empty:
            yield Unreadable(self.top, "no file in this folder")

    def _groups(self, inner: str, depth: int) -> Iterator[_MachineFiles | Unreadable]:
        """Yield the machines at and below a folder; logs above the only machine belong to it."""
        folders, failed = self._take(inner)
        yield from failed
        held: _MachineFiles | None = None
        count = 0
        for folder in folders:
            if depth >= MAX_DEPTH:
                yield Unreadable(below(self.top, folder), f"deeper than {MAX_DEPTH} folders")
                continue
            for group in self._groups(folder, depth + 1):
                if isinstance(group, Unreadable):
                    yield group
                    continue
                count += 1
                if count == 1:
                    held = group
                    continue
                if held is not None:
                    yield held
                    held = None
                yield group
        yield from _joined(self._own(inner), held)

    def _take(self, inner: str) -> tuple[list[str], list[Unreadable]]:
        """Put the files of a folder where they belong; return its subfolders."""
        folders, failed = [], []
        try:
            entries = _entries(Path(self.top, inner))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            return [], [Unreadable(below(self.top, inner), reason)]
        for entry in entries:
            name = f"{inner}/{entry.name}" if inner else entry.name
            try:
                kind = _kind_of(entry)
            except OSError as error:
                # Copies of /sys are full of links that lead nowhere; few could be a table.
                kind = (error.strerror or str(error)).lower()
            if kind == _FILE:
                role = role_of(name)
                self._open[role[1] if role else machine_of(name)].append(name)
            elif kind == _FOLDER:
                folders.append(name)
            elif kind != _OTHER and claims_table(name):
                failed.append(Unreadable(below(self.top, name), kind))
        return folders, failed

    def _own(self, inner: str) -> _MachineFiles | None:
        members = self._open.pop(inner, None)
        if not members:
            return None
        return _MachineFiles(members, all(role_of(member) is not None for member in members))


def _joined(own: _MachineFiles | None, held: _MachineFiles | None) -> Iterator[_MachineFiles]:
    """Yield a folder's own files and the only machine below it: together if one lacks tables."""
    if own is None or held is None:
        yield from (group for group in (own, held) if group is not None)
    elif own.evidence_only and not held.evidence_only:
        yield _MachineFiles([*own.members, *held.members], evidence_only=False)
    else:
        yield held
        yield own


def _kind_of(entry: os.DirEntry[str]) -> str:
    """Return `file`, `folder`, `other`, or why a file is not read."""
    status = entry.stat()
    if stat.S_ISREG(status.st_mode):
        # The target of such a link is made up by the kernel: reading it may wait.
        made_up = entry.is_symlink() and not status.st_size
        return "link to a file without a size, not followed" if made_up else _FILE
    return _FOLDER if stat.S_ISDIR(status.st_mode) and not entry.is_symlink() else _OTHER


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: natural(entry.name))


def _units_of(top: str, members: Iterable[str], *, named: bool = False) -> Iterator[Unit]:
    for part in apart(top, list(members)):
        yield unit_of(top, part, named=named)
