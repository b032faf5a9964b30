"""Which section of a spec stands for which table, and what it may say beyond its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from srat_tool.grammar import slit, srat
from srat_tool.grammar.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One kind of table as a spec names it.

    Attributes:
        signature: empty when the section itself says it.
        revision: what the header says unless told otherwise.
        text: the key that holds the table's lines.
        fixed: layout of what lies between the header and the lines.
        norm: value of each of its integers; None when it follows from the lines.
    """

    signature: bytes
    revision: int = 1
    text: str = "entries"
    fixed: Layout[Any] | None = None
    norm: Mapping[str, int | None] = field(default_factory=dict)

    def encode_fixed(self, values: Mapping[str, int]) -> bytes:
        """Return the fixed part's bytes."""
        if self.fixed is None:
            return b""
        return self.fixed.encode(self.fixed.make(0, *(values[name] for name in self.fixed.fields)))


SECTIONS: dict[str, Section] = {
    "srat": Section(
        signature=b"SRAT",
        revision=3,
        fixed=srat.FIXED_PART,
        norm={"table_revision": 1, "reserved": 0},
    ),
    "slit": Section(
        signature=b"SLIT", text="matrix", fixed=slit.FIXED_PART, norm={"localities": None}
    ),
    "table": Section(signature=b"", text="body"),
}
BY_SIGNATURE = {section.signature: name for name, section in SECTIONS.items() if section.signature}
