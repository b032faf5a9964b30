"""Structures that the grammar stores whole, and whose fields only rules read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from srat_tool.lint.hit import Hit
from srat_tool.lint.views import EntryView


@dataclass(frozen=True, slots=True)
class OpaqueStructure:
    """A structure that the grammar stores whole, and its fields by name.

    Attributes:
        entry: the structure.
        fields: value, offset in the structure and size of each field, in bytes.
    """

    entry: Any
    fields: Mapping[str, tuple[int, int, int]]

    def __getitem__(self, name: str) -> int:
        """Return the value of a field."""
        return self.fields[name][0]


class OpaqueView(EntryView):
    """A table in which the grammar stores structures of some types whole.

    Attributes:
        names: what such structures are, by type.
    """

    names: Mapping[int, str] = {}

    def kind(self, entry: Any) -> str:
        """Return what an entry is, as text."""
        return self.names.get(entry.type) or super().kind(entry)

    def on(self, one: OpaqueStructure, field: str, message: str) -> Hit:
        """Return a hit on a field of a structure that is stored whole."""
        _, at, size = one.fields[field]
        return self.inside(one.entry, at, size, message)
