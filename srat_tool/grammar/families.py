"""The structures of each kind of table, and the tables made of them, by their rows."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, WalkedTable
from srat_tool.tables.kind import Kind, Structure


@cache
def family_of(kind: Kind) -> Family:
    """Return the structures of a kind of table; imports their classes."""
    classes = _classes(kind)
    layouts = {row.type: _layout(classes, row) for row in kind.structures}
    unknown = Layout(getattr(classes, kind.unknown_made))
    return Family(layouts, unknown, others_are_normal=kind.others_are_normal)


@cache
def walked_table(kind: Kind) -> WalkedTable:
    """Return both directions of a kind of table that has no file of its own here."""
    return WalkedTable(getattr(_classes(kind), kind.made), family_of(kind))


def _classes(kind: Kind) -> Any:
    return import_module(f"srat_tool.tables.{kind.module}")


def _layout(classes: Any, row: Structure) -> Layout[Any]:
    flags = {row.flags_field: getattr(classes, row.flags)} if row.flags else {}
    return Layout(getattr(classes, row.made), row.sizes, {**flags, **row.defined})
