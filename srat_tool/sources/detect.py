"""From what the user named to tables: the kind of an input is decided by its content.

`read_inputs` is the door that every command uses; `gather` is the same without the demand that
there be a table. A new kind of source is one more row of `KINDS`.
"""

from __future__ import annotations

import errno
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from srat_tool.base.errors import SourceError
from srat_tool.base.limits import Budget, limits
from srat_tool.base.rawtable import Origin, OriginKind
from srat_tool.sources import examples
from srat_tool.sources.directory import SYSFS_ACPI, is_sysfs, read_folder, read_members
from srat_tool.sources.filebytes import check_named, read_file, read_special, read_stdin
from srat_tool.sources.found import Found, NoTableError
from srat_tool.sources.place import claims_table
from srat_tool.sources.reader import Piece, Reader, SourceKind

SYSFS_TABLES = "/sys/firmware/acpi/tables"

# Tried in order: kinds with a fixed mark come first, those that search all bytes last.
KINDS: tuple[SourceKind, ...] = (
    SourceKind("compressed", "marks.is_compressed", "compressed.read", by_parts=True),
    SourceKind("zip", "marks.is_zip", "zipped.read", by_parts=True),
    SourceKind("tar", "tar.sniff", "archive.read_tar", by_parts=True),
    SourceKind("table", "blob.sniff", "blob.read"),
    SourceKind("cpio", "cpio.sniff", "cpio.read"),
    SourceKind("mail", "mail.sniff", "mail.read"),
    SourceKind("pasted", "pasted.sniff", "pasted.read"),
    SourceKind("acpidump", "acpidump.sniff", "acpidump.read"),
    SourceKind("listing", "listing.sniff", "listing.read"),
    SourceKind("iasl-source", "iasl_source.sniff", "iasl_source.read"),
    SourceKind("hex", "acpidump.sniff_hex", "acpidump.read_hex"),
    SourceKind("encoded", "encoded.sniff", "encoded.read"),
    SourceKind("spec", "spec.sniff", "spec.read"),
    SourceKind("bootlog", "bootlog.sniff", "bootlog.read"),
    SourceKind("words", "wordrows.sniff", "wordrows.read"),
    SourceKind("firmware", "firmware.sniff", "firmware.read"),
)
SOURCE_NAMES = tuple(kind.name for kind in KINDS)


def read_inputs(
    paths: Sequence[str], budget: Budget | None = None, *, source: str | None = None
) -> Found:
    """Read every input: files, folders, `-` for standard input.

    Args:
        paths: what the user named.
        budget: bounds on work; None for those that are in force.
        source: a name out of `SOURCE_NAMES` that every named file is taken as.

    Raises:
        SourceError: when an input cannot be read.
        NoTableError: when none of them holds a table.
    """
    found = gather(paths, budget, source=source)
    if not found.tables:
        raise NoTableError(" ".join(paths), found)
    return found


def gather(
    paths: Sequence[str],
    budget: Budget | None = None,
    *,
    source: str | None = None,
    otherwise: str | None = None,
    watch: Callable[[str], None] | None = None,
    casually: bool = False,
) -> Found:
    """Read every input as `read_inputs` does, and return whatever there is.

    Args:
        paths: what the user named; `example:NAME` is a machine that ships with the package.
        budget: bounds on work; None for those that are in force.
        source: a name out of `SOURCE_NAMES` that every named file is taken as.
        otherwise: one that a named file is taken as when nothing is known in it.
        watch: is called with the label of every piece before it is read.
        casually: pass over files that hold nothing and are not named like a table.

    Raises:
        SourceError: when an input cannot be read, or there is no such example.
        NameMissingError: when `example:` is named without a name.
    """
    reader = Reader(kinds=KINDS, limits=budget or limits(), watch=watch)
    forced, spare = _kind_named(source), _kind_named(otherwise)
    for path in paths:
        piece = _open(path, reader)
        if piece is None:
            read_folder(path, reader)
        elif forced is not None:
            forced.read(reader.readable(piece, forced), reader)
        else:
            is_casual = casually and not claims_table(Path(path).name)
            reader.descend(piece._replace(casually=is_casual), spare)
    return reader.found


def _kind_named(name: str | None) -> SourceKind | None:
    return None if name is None else next(kind for kind in KINDS if kind.name == name)


def gather_members(
    folder: str, members: Sequence[str], budget: Budget | None = None, logs: int | None = None
) -> Found:
    """Read some files of a folder as `gather` reads the whole folder.

    Args:
        folder: what the user named.
        members: paths below it.
        budget: bounds on work; never changed.
        logs: bytes of kernel logs that are kept together; None for all.
    """
    reader = Reader(kinds=KINDS, limits=budget or limits(), logs=logs)
    read_members(folder, members, reader)
    return reader.found


def gather_bytes(path: str, data: bytes) -> Found:
    """Read what was read from a path already as `gather` reads the path: a pipe gives it once."""
    reader = Reader(kinds=KINDS)
    reader.descend(Piece(data=data, origin=Origin(path=path, kind=OriginKind.FILE)))
    return reader.found


def kind_of(head: bytes) -> str | None:
    """Return the name of the kind that the beginning of a file looks like; None for no kind."""
    return next((kind.name for kind in KINDS if kind.sniff(head)), None)


def _open(path: str, reader: Reader) -> Piece | None:
    """Return the bytes of a file or stream, None for a folder."""
    check_named(path)
    if path == "-":
        return Piece(
            data=read_stdin(reader.limits.file), origin=Origin(path=path, kind=OriginKind.STDIN)
        )
    if path.startswith(examples.PREFIX):
        shipped = examples.find_example(path.removeprefix(examples.PREFIX))
        return Piece(data=read_file(shipped), origin=Origin(path=path, kind=OriginKind.FILE))
    place = Path(path)
    try:
        mode = place.stat().st_mode
        if stat.S_ISDIR(mode):
            return None
        origin = Origin(path=path, kind=_kind(place))
        if stat.S_ISREG(mode):
            return Piece(data=read_file(place), origin=origin, verbatim=True)
        return Piece(data=read_special(path, reader.limits.file), origin=origin)
    except OSError as error:
        raise _unreadable(place, error) from error


def _kind(place: Path) -> OriginKind:
    return OriginKind.SYSFS if is_sysfs(place) else OriginKind.FILE


def _unreadable(place: Path, error: OSError) -> SourceError:
    path = str(place)
    on_sysfs = path.startswith(SYSFS_ACPI)
    if error.errno == errno.ENOENT and path.rstrip("/") == SYSFS_TABLES:
        what = "no such folder: a container, or a system that was not booted with ACPI"
        return SourceError(what, where=path, hint="a table file, an acpidump or a firmware image")
    if error.errno == errno.ENOENT and on_sysfs and place.parent.is_dir():
        there = " ".join(sorted(p.name for p in place.parent.iterdir() if p.is_file()))
        return SourceError(f"this machine has no such table, it has {there}", where=path)
    if error.errno in {errno.EACCES, errno.EPERM}:
        hint = "running as root, or giving an acpidump" if on_sysfs else "another user"
        return SourceError("no permission to read it", where=path, hint=hint)
    return SourceError((error.strerror or str(error)).lower(), where=path)
