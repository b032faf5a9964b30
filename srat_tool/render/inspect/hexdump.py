"""The bytes of a table, eight a row, with the fields that begin in them.

A byte and the name of its field have the same colour; without colours the order shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any, NamedTuple

from srat_tool.base.text import printable
from srat_tool.base.units import format_size
from srat_tool.grammar.form import FieldRun
from srat_tool.grammar.header import HEADER
from srat_tool.grammar.layout import Layout
from srat_tool.render.inspect.record import Inspected, layout_of
from srat_tool.render.inspect.words import WORDS, flag_names
from srat_tool.tables.header import HEADER_SIZE

PER_ROW = 8
# Neighbours differ in lightness too; each can be read on black and on white.
COLORS = ("#0d7fa5", "#c71fd6", "#0f890b", "#9c6c0d", "#426bf0", "#e02c29")
QUIET = "dim"
_SIZES = {"range_length", "cache_size", "window_size", "maximum_memory", "register_length"}
_CODE_SIZES = {"B": 1, "H": 2, "L": 4, "I": 4, "Q": 8}


class Field(NamedTuple):
    """Some bytes of a table and what they mean.

    Attributes:
        start, stop: their offsets, half-open.
        name: the field; empty for bytes that are none.
        value: its meaning as text.
        heading: set on the first field of a structure: the structure's name.
        item: the number or bytes that were decoded; None for bytes that belong to no field.
    """

    start: int
    stop: int
    name: str
    value: str
    heading: str = ""
    item: int | bytes | None = None


class HexLine(NamedTuple):
    """One row of the dump: parts with the colour of the field that each belongs to."""

    parts: tuple[tuple[str, str], ...]


def fields_of(inspected: Inspected, *, max_items: int | None = None) -> Iterator[Field]:
    """Yield every field of a table in order, the bytes between and after them too.

    Args:
        inspected: the table.
        max_items: a list of more items is one field, whose value is their number.
    """
    data = inspected.raw.data
    at = 0
    for field in _declared(inspected, max_items):
        if field.start >= len(data):
            break
        if field.start > at:
            yield _plain(data, at, field.start)
        if field.stop > at:
            stop = min(field.stop, len(data))
            yield field._replace(start=max(at, field.start), stop=stop)
            at = stop
    if at < len(data):
        yield _plain(data, at, len(data))


def _plain(data: bytes, start: int, stop: int) -> Field:
    return Field(start, stop, "", f"{stop - start} bytes")


def _declared(inspected: Inspected, max_items: int | None) -> Iterator[Field]:
    codec, table = inspected.codec, inspected.decoded.table
    yield from _of(HEADER, table.header, 0, "header", max_items)
    if codec.fixed is not None:
        yield from _of(codec.fixed, table, HEADER_SIZE, "", max_items)
    for number, entry in enumerate(inspected.entries):
        heading = f"#{number} {WORDS[type(entry)].full}"
        layout = layout_of(entry, inspected)
        if layout is None:
            size = len(entry.extra)
            yield Field(entry.offset, entry.offset + size, "", f"{size} bytes", heading)
            continue
        stop = entry.offset + max(entry.length, 1)
        for field in _of(layout, entry, entry.offset, heading, max_items):
            if field.start < stop:
                yield field._replace(stop=min(stop, field.stop))


def _of(
    layout: Layout[Any], value: Any, start: int, heading: str, max_items: int | None
) -> Iterator[Field]:
    at = start
    for name, code in zip(layout.flat, layout.codes, strict=True):
        item = getattr(value, name)
        if item is None:
            return
        size = int(code[:-1]) if code.endswith("s") else _CODE_SIZES[code]
        yield Field(at, at + size, name, _value(value, name, item), heading, item)
        at, heading = at + size, ""
    for run in layout.runs:
        for field in _items(run, getattr(value, run.name), at, max_items):
            yield field
            at = field.stop


def _items(run: FieldRun, items: Any, at: int, max_items: int | None) -> Iterator[Field]:
    if max_items is not None and len(items) > max_items:
        size = len(items) * (1 if isinstance(items, bytes) else run.width)
        yield Field(at, at + size, run.name, f"{len(items)} values", item=None)
        return
    if isinstance(items, bytes):
        yield Field(at, at + len(items), run.name, printable(items), item=items)
        return
    for index, item in enumerate(items):
        yield Field(at, at + run.width, f"{run.name}[{index}]", str(item), item=item)
        at += run.width


def _value(owner: Any, name: str, item: Any) -> str:
    if isinstance(item, bytes):
        return f'"{printable(item)}"' if name.endswith(("id", "signature")) else item.hex()
    words = WORDS.get(type(owner))
    if words is not None and name in words.flags:
        return " ".join((f"{item:#x}", "|".join(flag_names(words.flags[name], item)))).rstrip()
    if name in _SIZES and item:
        return f"{item:#x} ({format_size(item)})"
    return str(item) if item < 1 << 16 else f"{item:#x}"


def dump(inspected: Inspected) -> Iterator[HexLine]:
    """Yield the rows of the dump; each structure begins a new row."""
    colors = cycle(COLORS)
    row: list[tuple[Field, str]] = []
    for field in fields_of(inspected):
        color = QUIET if not field.name or field.name.startswith("reserved") else next(colors)
        if field.heading:
            yield from _rows(inspected.raw.data, row)
            yield HexLine(((f"      {field.heading}", "heading"),))
            row = []
        row.append((field, color))
    yield from _rows(inspected.raw.data, row)


def _rows(data: bytes, fields: list[tuple[Field, str]]) -> Iterator[HexLine]:
    """Yield the rows of one structure, whose fields follow each other without a hole."""
    if not fields:
        return
    first, stop = fields[0][0].start, fields[-1][0].stop
    pending = iter(fields)
    field, color = next(pending)
    for start in range(first, stop, PER_ROW):
        end = min(start + PER_ROW, stop)
        parts: list[tuple[str, str]] = [(f"{start:04x} ", QUIET)]
        notes: list[tuple[str, str]] = []
        for at in range(start, end):
            while at >= field.stop:
                field, color = next(pending)
            if at == field.start:
                text = f"{field.name}={field.value}" if field.name else field.value
                notes.append((f"  {text}", color))
            parts.append((f" {data[at]:02x}", color))
        parts.append(("   " * (PER_ROW - (end - start)), ""))
        yield HexLine((*parts, *notes))
