"""The formats of `srattool inspect` by name; a new one is one more row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from srat_tool.render.inspect.as_csv import write_csv
from srat_tool.render.inspect.as_json import write_json, write_jsonl
from srat_tool.render.inspect.record import Inspected

Write = Callable[..., Iterator[str]]

# Each takes the tables and `with_bytes`, and yields pieces of the answer.
WRITERS: dict[str, Write] = {"json": write_json, "jsonl": write_jsonl, "csv": write_csv}


def write(name: str, tables: Iterable[Inspected], *, with_bytes: bool) -> Iterator[str]:
    """Yield the pieces of the answer in one of `WRITERS`."""
    return WRITERS[name](tables, with_bytes=with_bytes)
