"""Records as CSV: one row for each table, entry, line of a matrix, and defect.

The columns are all keys that occur, in the order in which they first occur.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from srat_tool.base.csv_record import csv_record
from srat_tool.render.inspect.record import (
    Inspected,
    Record,
    defect_record,
    entry_record,
    table_record,
)
from srat_tool.render.look import DEFAULT, Look


def write_csv(tables: Iterable[Inspected], look: Look = DEFAULT) -> Iterator[str]:
    """Yield the lines of one CSV file.

    Args:
        tables: what to write.
        look: `hexdump` adds each table's bytes as they are.
    """
    shown = list(tables)
    columns: dict[str, None] = {}
    for record in _records(shown, with_bytes=look.hexdump):
        columns.update(dict.fromkeys(record))
    yield csv_record(columns)
    for record in _records(shown, with_bytes=look.hexdump):
        yield csv_record(_cell(record.get(key)) for key in columns)


def _records(tables: list[Inspected], *, with_bytes: bool) -> Iterator[Record]:
    for index, inspected in enumerate(tables):
        record = table_record(index, inspected)
        fields = record.pop("fields")
        matrix = fields.pop("matrix", ())
        header = {f"header_{key}": value for key, value in record.pop("header").items()}
        rest = {"bytes": inspected.raw.data.hex()} if with_bytes else {}
        yield {"record": "table"} | record | header | fields | rest
        named = {"table": index, "source": record["source"], "signature": record["signature"]}
        for row, distances in enumerate(matrix):
            yield {"record": "row"} | named | {"row": row, "distances": distances}
        for entry in inspected.entries:
            yield {"record": "entry"} | named | entry_record(entry, inspected)
        for defect in inspected.decoded.defects:
            yield {"record": "defect"} | named | defect_record(defect)


def _cell(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list) else value
