"""From what the user named to tables: the kind of an input is decided by its content.

`read_inputs` is the door that every command uses.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import Origin, OriginKind, RawTable
from srat_tool.sources.found import Budget, Found

SYSFS_TABLES = "/sys/firmware/acpi/tables"


def read_inputs(paths: Sequence[str], budget: Budget | None = None) -> Found:
    """Read every input: files, folders, `-` for standard input.

    Raises:
        SourceError: when an input cannot be read, or none of them holds a table.
    """
    found = Found()
    for path in paths:
        found.extend(_read(path, budget or Budget()))
    if not found.tables:
        raise SourceError("no ACPI table found", where=" ".join(paths))
    return found


def _read(path: str, budget: Budget) -> Found:
    if path == "-":
        origin = Origin(path=path, kind=OriginKind.STDIN)
        return Found(tables=[RawTable(origin=origin, data=sys.stdin.buffer.read())])
    place = Path(path)
    try:
        files = sorted(p for p in place.iterdir() if p.is_file()) if place.is_dir() else [place]
        tables = []
        for file in files:
            data = file.read_bytes()
            if len(data) >= 36 and data[:4].isalnum():
                tables.append(RawTable(origin=Origin(path=str(file), machine=path), data=data))
    except OSError as error:
        raise SourceError(str(error.strerror), where=path) from error
    return Found(tables=tables)
