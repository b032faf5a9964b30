"""Writing artefacts where the user asked for them."""

from __future__ import annotations

import errno
import os
import re
import shlex
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import RawTable
from srat_tool.base.text import printable, shortened

_UNFIT = re.compile(r"[^A-Za-z0-9_]")


def table_names(tables: Iterable[RawTable]) -> list[str]:
    """Return a file name for each table, as the kernel names them: `SRAT`, `SRAT1`, `SRAT2`."""
    seen: Counter[str] = Counter()
    names: dict[str, None] = {}
    for table in tables:
        signature = _UNFIT.sub("_", table.signature.rstrip(b"\0 ").decode("latin-1")) or "NONE"
        while (name := f"{signature}{seen[signature] or ''}") in names:
            seen[signature] += 1
        names[name] = None
    return list(names)


def make_folder(path: Path) -> None:
    """Make a folder that the user named as one, with the folders above it.

    Raises:
        SourceError: when that is not possible.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise SourceError("not a folder", where=str(path)) from error
    except OSError as error:
        raise _unwritable(path, error) from error


def wrote(path: Path | str, what: str) -> str:
    """Return the line that reports a file; it never begins with a name, which may be a command."""
    return f"wrote {printable(shortened(str(path)))}: {what}"


def write_file(path: Path, data: bytes | bytearray) -> None:
    """Write a file into a folder that is there.

    Raises:
        SourceError: when that is not possible.
    """
    if not path.parent.exists():
        hint = f"mkdir -p {shlex.quote(str(path.parent))}"
        raise SourceError("the folder does not exist", where=str(path.parent), hint=hint)
    # Most answers go to standard output.
    from srat_tool.cli.atomic import replace_file, undone_by_signals

    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device, or a pipe
            return
        with undone_by_signals():
            replace_file(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise _unwritable(path, error) from error


def create_file(path: Path, data: bytes, *, force: bool) -> None:
    """Write a new file below a folder that the user named, and follow no link doing so.

    Args:
        path: the file; only its last folder is made when it is not there.
        data: its bytes.
        force: replace a file that is there.

    Raises:
        SourceError: when it exists, or cannot be written.
    """
    from srat_tool.cli.atomic import replace_file, undone_by_signals

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with undone_by_signals():
            if force:
                _demand_no_link(path)
                replace_file(path, data)
            else:
                _fill_new_file(path, data)
    except FileExistsError as error:
        raise SourceError("exists already", where=str(path), hint="--force") from error
    except OSError as error:
        raise _unwritable(path, error) from error


def _demand_no_link(path: Path) -> None:
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))


def _fill_new_file(path: Path, data: bytes) -> None:
    """Write a file that was not there; what was made for this alone goes when that fails."""
    from srat_tool.cli.atomic import replace_file

    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_EXCL, 0o644))
    try:
        replace_file(path, data, new=True)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _unwritable(path: Path, error: OSError) -> SourceError:
    return SourceError((error.strerror or "cannot be written").lower(), where=str(path))


def write_answer(pieces: str | Iterable[str], output: str | None) -> None:
    """Write an answer to a file, or to standard output where none is named (or `-` is).

    A line feed is added where the answer does not end in one.

    Raises:
        SourceError: when the file cannot be written.
    """
    whole = _ended((pieces,) if isinstance(pieces, str) else pieces)
    if to_stdout(output):
        sys.stdout.writelines(whole)
    else:
        data = bytearray()  # of a large answer text and bytes are not there at the same time
        for piece in whole:
            data += piece.encode("utf-8", "backslashreplace")
        write_file(Path(str(output)), data)


def to_stdout(output: str | None) -> bool:
    """Return whether an answer goes to standard output: no file is named, or `-` is."""
    return output in {None, "-"}


def _ended(pieces: Iterable[str]) -> Iterator[str]:
    last = "\n"
    for piece in pieces:
        yield piece
        last = piece or last
    if not last.endswith("\n"):
        yield "\n"
