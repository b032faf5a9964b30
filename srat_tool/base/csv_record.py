"""A row of comma-separated values, safe for a terminal and for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from srat_tool.base.text import printable

# A spreadsheet takes a cell that begins so as a formula and executes it, in quotes too; some take
# the wide forms of the same signs.
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")


def csv_record(values: Iterable[Any]) -> str:
    """Return one row with its line end.

    In texts, control characters are escaped, and an apostrophe comes before what a spreadsheet
    would take as a formula; numbers stay as they are.
    """
    line = io.StringIO()
    cells = [_safe(value) if isinstance(value, str) else value for value in values]
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _safe(text: str) -> str:
    shown = printable(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
