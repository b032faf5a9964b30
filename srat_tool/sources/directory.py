"""Folders: `/sys/firmware/acpi/tables`, a copy of it, or a tree of dumps.

Links to folders are not followed, so loops are harmless; only regular files are opened.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import Origin, OriginKind
from srat_tool.sources.filebytes import read_file, whole
from srat_tool.sources.found import NotPermittedError
from srat_tool.sources.place import claims_table, link_is_fact, machine_of, role_of
from srat_tool.sources.reader import Piece, Reader

SYSFS_ACPI = "/sys/firmware/acpi"
MAX_DEPTH = 64
_INSTANCE = re.compile(r"(.*?)([0-9]{0,18})")


def read_folder(path: str, reader: Reader) -> None:
    """Read every file of a folder and its subfolders.

    Raises:
        SourceError: when the folder itself cannot be listed.
        NotPermittedError: when it is the running system's, and no table may be read.
    """
    kind = OriginKind.SYSFS if is_sysfs(path) else OriginKind.FOLDER
    before = len(reader.found.tables)
    denied: dict[str, int] = {}
    for inner in _files(path, "", reader):
        if kind is OriginKind.SYSFS and "data" in inner.split("/"):
            continue  # what BERT and CCEL point to; no tables
        denied |= _read_member(_origin(path, inner, kind), reader)
    if kind is OriginKind.SYSFS and denied and len(reader.found.tables) == before:
        raise NotPermittedError(path, denied)


def read_members(path: str, members: Iterable[str], reader: Reader) -> None:
    """Read some files of a folder as `read_folder` reads them; `members` are paths below it."""
    for inner in members:
        _read_member(_origin(path, inner, OriginKind.FOLDER), reader)


def _origin(path: str, inner: str, kind: OriginKind) -> Origin:
    return Origin(path=path, inner=inner, machine=machine_of(inner), kind=kind, member=inner)


def is_sysfs(path: str | Path) -> bool:
    """Return whether this is the running system's own folder of tables, or something in it."""
    return str(Path(path).resolve()).startswith(SYSFS_ACPI)


def _read_member(origin: Origin, reader: Reader) -> dict[str, int]:
    """Read one file; return its name and size when that is not permitted."""
    role = role_of(origin.inner)
    try:
        data = read_file(Path(origin.path, origin.inner))
        if role is not None:
            place = origin._replace(machine=role[1])
            reader.evidence(role[0], place, whole(data, reader.limits.file))
            return {}
    except PermissionError:
        size = Path(origin.path, origin.inner).stat().st_size
        reader.refuse(origin.label, f"no permission to read its {size} bytes")
        return {Path(origin.inner).name: size}
    except OSError as error:
        reader.refuse(origin.label, (error.strerror or str(error)).lower())
    except SourceError as error:
        reader.refuse(origin.label, error.reason)
    else:
        casually = not claims_table(origin.inner)
        reader.descend(Piece(data=data, origin=origin, verbatim=True, casually=casually))
    return {}


def _files(top: str, inner: str, reader: Reader, depth: int = 0) -> Iterator[str]:
    """Yield the files below `top/inner` in natural order, subfolders after files."""
    folders = []
    for entry in _entries(Path(top, inner)):
        name = f"{inner}/{entry.name}" if inner else entry.name
        if entry.is_symlink() and _takes_link(top, name, reader):
            continue
        try:
            mode = entry.stat().st_mode
        except OSError as error:
            reader.refuse(f"{top}/{name}", (error.strerror or str(error)).lower())
            continue
        if stat.S_ISREG(mode) and entry.is_symlink() and not entry.stat().st_size:
            # Its target is empty, or made up by the kernel: reading may wait, or take from others.
            what = "link to a file without a size, not followed"
            reader.refuse(f"{top}/{name}", what, matters=claims_table(name))
        elif stat.S_ISREG(mode):
            yield name
        elif stat.S_ISDIR(mode) and not entry.is_symlink():
            folders.append(name)
        else:
            _refuse_special(top, name, reader, is_folder=stat.S_ISDIR(mode))
    for folder in folders:
        yield from _subfolder(top, folder, reader, depth + 1)


def _takes_link(top: str, name: str, reader: Reader) -> bool:
    """Take a link that is a fact in itself, whatever it leads to."""
    role = role_of(name)
    if role is None or not link_is_fact(name):
        return False
    place = _origin(top, name, OriginKind.FOLDER)
    reader.evidence(role[0], place._replace(machine=role[1]), b"")
    return True


def _refuse_special(top: str, name: str, reader: Reader, *, is_folder: bool) -> None:
    """Refuse a link to a folder, or a pipe, socket or device; it matters if a table is in it."""
    path = Path(top, name)
    if is_folder:
        matters = not path.resolve().is_relative_to(Path(top).resolve()) and _has_tables(path)
        reader.refuse(f"{top}/{name}", "link to a folder, not followed", matters=matters)
    else:
        matters = claims_table(name) or role_of(name) is not None
        reader.refuse(f"{top}/{name}", "not a regular file", matters=matters)


def _has_tables(folder: Path) -> bool:
    """Return whether a folder that is not followed holds files that are named as tables."""
    try:
        return any(claims_table(entry.name) for entry in _entries(folder))
    except SourceError:
        return True


def _subfolder(top: str, inner: str, reader: Reader, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        reader.refuse(f"{top}/{inner}", f"deeper than {MAX_DEPTH} folders")
        return
    try:
        yield from _files(top, inner, reader, depth)
    except SourceError as error:
        reader.refuse(f"{top}/{inner}", error.what)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda e: natural(e.name))
    except OSError as error:
        raise SourceError((error.strerror or str(error)).lower(), where=str(folder)) from error


def natural(name: str) -> tuple[str, int, str]:
    """Sort SRAT before SRAT1 before SRAT2 before SRAT10, with or without a suffix."""
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    match = _INSTANCE.fullmatch(stem)
    word, number = match.groups() if match else (stem, "")
    return word, int(number or 0), suffix
