"""Writing artefacts where the user asked for them."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import RawTable

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


def write_file(path: Path, data: bytes) -> None:
    """Write a file, and make its folder when it is not there.

    Raises:
        SourceError: when that is not possible.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
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
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | (os.O_TRUNC if force else os.O_EXCL)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, flags, 0o644), "wb") as stream:
            stream.write(data)
    except FileExistsError as error:
        raise SourceError("exists already", where=str(path), hint="--force") from error
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> SourceError:
    return SourceError((error.strerror or "cannot be written").lower(), where=str(path))


def write_answer(text: str, output: str | None) -> None:
    """Write an answer to a file, or to standard output where none is named (or `-` is).

    Raises:
        SourceError: when the file cannot be written.
    """
    text = text if text.endswith("\n") or not text else f"{text}\n"
    if output is None or output == "-":
        # Colours were decided by whoever made the text.
        click.echo(text, nl=False, color=True)
    else:
        write_file(Path(output), text.encode())
