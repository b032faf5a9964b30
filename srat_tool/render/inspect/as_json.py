"""Records as JSON, and as JSON Lines.

Tens of thousands of entries are written by templates that are built from the layout once for each
class; a test holds them against `json.dumps` of the record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from operator import itemgetter
from typing import Any

from srat_tool.grammar.layout import Layout
from srat_tool.render.inspect.record import (
    WIDE,
    Inspected,
    defect_record,
    derived,
    entry_record,
    layout_of,
    table_record,
)
from srat_tool.render.inspect.words import WORDS
from srat_tool.render.look import DEFAULT, Look

SCHEMA = "srattool.inspect/1"

dumps = json.JSONEncoder(separators=(",", ":")).encode
Writer = Callable[[Any], str]


def write_json(tables: Iterable[Inspected], look: Look = DEFAULT) -> Iterator[str]:
    """Yield one JSON document, one entry a line.

    Args:
        tables: what to write.
        look: `hexdump` adds each table's bytes as they are.
    """
    yield f'{{"schema":{dumps(SCHEMA)},"tables":['
    for index, inspected in enumerate(tables):
        record = table_record(index, inspected)
        if look.hexdump:
            record["bytes"] = inspected.raw.data.hex()
        yield f"{',' if index else ''}\n{dumps(record)[:-1]},\n"
        yield '"entries":[\n'
        yield from _listed(entry_lines(inspected))
        yield '],\n"defects":[\n'
        yield from _listed(dumps(defect_record(one)) for one in inspected.decoded.defects)
        yield "]}"
    yield "\n]}\n"


def write_jsonl(tables: Iterable[Inspected], look: Look = DEFAULT) -> Iterator[str]:
    """Yield one JSON object a line, `record` saying of which kind it is."""
    for index, inspected in enumerate(tables):
        record = {"schema": SCHEMA, "record": "table"} | table_record(index, inspected)
        if look.hexdump:
            record["bytes"] = inspected.raw.data.hex()
        yield f"{dumps(record)}\n"
        head = f'{{"record":"entry","table":{index},'
        for line in entry_lines(inspected):
            yield f"{head}{line[1:]}\n"
        for defect in inspected.decoded.defects:
            yield f"{dumps({'record': 'defect', 'table': index} | defect_record(defect))}\n"


def _listed(items: Iterator[str]) -> Iterator[str]:
    """Yield the elements of a JSON array, one a line, some hundred at a time."""
    between = ""
    while some := list(islice(items, 512)):
        yield between + ",\n".join(some)
        between = ",\n"


def entry_lines(inspected: Inspected) -> Iterator[str]:
    """Yield each entry's record as JSON, one record a line."""
    writers: dict[type[Any], Writer] = {}
    for entry in inspected.entries:
        kind = type(entry)
        write = writers.get(kind)
        if write is None:
            write = writers[kind] = _writer(entry, inspected)
        yield write(entry)


def _writer(example: Any, inspected: Inspected) -> Writer:
    """Return what writes entries of the class of `example`, as fast as its layout allows."""

    def by_record(entry: Any) -> str:
        return dumps(entry_record(entry, inspected))

    layout = layout_of(example, inspected)
    if layout is None or layout.exact < 0:
        return by_record
    template, order, makers = _template(layout, example, inspected)

    def by_template(entry: Any) -> str:
        if entry.extra:
            return by_record(entry)
        filled: str = template % order((*entry, *[make(entry) for make in makers]))
        return filled

    return by_template


def _template(
    layout: Layout[Any], example: Any, inspected: Inspected
) -> tuple[str, itemgetter[Any], list[Writer]]:
    """Return a format string, the names that fill it, and functions for other than numeric values.

    It is filled from an entry's values, followed by the values derived from them.
    """
    kind = type(example)
    makers: list[Writer] = []
    pairs = [("offset", "%d", 0), ("type", "%d", 1)]
    for place, (name, code) in enumerate(zip(layout.flat, layout.codes, strict=True), 1):
        if code.endswith("s"):
            pairs.append((name, "%s", len(example) + len(makers)))
            makers.append(_hex_of(place))
        elif name != "type":
            pairs.append((name, "%d", place))
        if code == WIDE:
            pairs.append((f"{name}_hex", '"%#x"', place))
    for name, one in derived(kind, inspected.decoded.table).items():
        if one.make is None:
            pairs.append((name, "%d", one.places[0]))
        else:
            pairs.append((name, "%s", len(example) + len(makers)))
            makers.append(_cached(one.places, one.make))
    texts = [f"{dumps(name)}:{form}" for name, form, _ in pairs]
    texts.insert(2, f'"type_name":{dumps(WORDS[kind].full)}')
    return f"{{{','.join(texts)}}}", itemgetter(*(place for _, _, place in pairs)), makers


def _hex_of(place: int) -> Writer:
    return lambda entry: f'"{entry[place].hex()}"'


def _cached(places: tuple[int, ...], make: Callable[[Any], Any]) -> Writer:
    """Return what writes a derived value as JSON; entries by the thousand share a few of them."""
    texts: dict[Any, str] = {}
    key_of = itemgetter(*places)

    def write(entry: Any) -> str:
        key = key_of(entry)
        text = texts.get(key)
        if text is None:
            text = texts[key] = dumps(make(entry))
        return text

    return write
