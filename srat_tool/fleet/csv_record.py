"""A row of comma-separated values, safe for a terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from srat_tool.base.text import printable


def csv_record(values: Iterable[Any]) -> str:
    """Return one row with its line end; control characters in texts are escaped."""
    line = io.StringIO()
    cells = [printable(value) if isinstance(value, str) else value for value in values]
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
