"""How the structures of each table are written in a spec: one `Language` per kind of table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from srat_tool.authoring.columns import Number
from srat_tool.authoring.forms.shared import enabled
from srat_tool.authoring.lines import Form, Language
from srat_tool.grammar.registry import CODECS
from srat_tool.grammar.walk import Family
from srat_tool.tables.kind import Kind, Structure
from srat_tool.tables.kinds import KINDS, rows_of

_WITH_STRUCTURES = {kind.module: kind for kind in KINDS if kind.beginning is not None}


def _by_row(kind: Kind, family: Family, row: Structure) -> Form:
    """Return the form that follows from a row: domain and id are columns, all else is a field."""
    layout = family.layouts[row.type]
    columns = [Number("domain", row.domain)] if row.domain else []
    if row.id:
        columns.append(Number("uid" if row.space == "uid" else "id", row.id))
    made: Any = layout.make
    flags = rows_of(kind)[made].flags
    if flags is not None and "ENABLED" in flags.__members__:
        return enabled(family, row.word, row.type, *columns)
    # A structure that grew is written as its first edition unless its length is given.
    norm = {"length": next(iter(layout.editions))} if layout.editions else {}
    return Form(word=row.word, type=row.type, layout=layout, columns=tuple(columns), norm=norm)


def _file(name: str) -> ModuleType | None:
    """Return the module of a table's own forms; None where the rows of its structures suffice."""
    full = f"srat_tool.authoring.forms.{name}"
    return import_module(full) if find_spec(full) else None


def infer_fixed(name: str, body: bytes) -> dict[str, int]:
    """Return integers before the lines of a section that follow from the lines, as bytes."""
    infer = getattr(_file(name), "infer_fixed", None)
    return infer(body) if infer else {}


@cache
def _language(name: str) -> Language:
    """Return the language of a kind: its own forms, and those of the other rows."""
    kind = _WITH_STRUCTURES[name]
    family = CODECS[kind.signature].family
    if family is None:
        raise TypeError(f"the codec of {name} has no structures")
    own = {form.type: form for form in getattr(_file(name), "FORMS", ())}
    forms = [own.get(row.type) or _by_row(kind, family, row) for row in kind.structures]
    return Language(family, *forms)


class _Languages(Mapping[str, Language]):
    """Imports the forms of a table when the first spec has such a section."""

    def __getitem__(self, name: str) -> Language:
        return _language(name)

    def __contains__(self, name: object) -> bool:
        return name in _WITH_STRUCTURES

    def __iter__(self) -> Iterator[str]:
        return iter(_WITH_STRUCTURES)

    def __len__(self) -> int:
        return len(_WITH_STRUCTURES)


LANGUAGES: Mapping[str, Language] = _Languages()
"""By the name of the section."""
