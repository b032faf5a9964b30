"""Writing artefacts where the user asked for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import RawTable

_UNFIT = re.compile(r"[^A-Za-z0-9_]")


def table_names(tables: Iterable[RawTable]) -> list[str]:
    """Return a file name for each table, as the kernel names them: `SRAT`, `SRAT1`, `SRAT2`."""
    seen: Counter[str] = Counter()
    names = []
    for table in tables:
        signature = _UNFIT.sub("_", table.signature.rstrip(b"\0 ").decode("latin-1")) or "NONE"
        number = seen[signature]
        seen[signature] += 1
        names.append(f"{signature}{number or ''}")
    return names


def write_file(path: Path, data: bytes) -> None:
    """Write a file, and make its folder when it is not there.

    Raises:
        SourceError: when that is not possible.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise SourceError(error.strerror or "cannot be written", where=str(path)) from error
