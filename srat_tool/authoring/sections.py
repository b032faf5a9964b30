"""Which section of a spec describes which table, and its keys beyond its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from srat_tool.grammar.codec import Codec
from srat_tool.grammar.registry import CODECS, OPAQUE
from srat_tool.tables.kind import Kind
from srat_tool.tables.kinds import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecSection:
    """One kind of table as a spec names it.

    Attributes:
        signature: empty when the section itself sets it.
        revision: the header's revision unless set.
        text: the key that holds the table's lines.
        norms: value of integers between header and lines; None when it follows from the lines.
    """

    signature: bytes
    revision: int = 1
    text: str = "entries"
    norms: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def codec(self) -> Codec:
        """The grammar's description of the table."""
        return CODECS.get(self.signature, OPAQUE)

    @property
    def norm(self) -> Mapping[str, int | None]:
        """Value of each integer between header and lines; None when it follows from the lines."""
        fixed = self.codec.fixed
        return dict.fromkeys(fixed.fields if fixed else (), 0) | dict(self.norms)

    def encode_fixed(self, values: Mapping[str, int]) -> bytes:
        """Return the bytes between the header and the lines."""
        fixed = self.codec.fixed
        return fixed.packed.pack(*(values[name] for name in fixed.fields)) if fixed else b""


# What the integers before the lines are unless set otherwise; one that is not here is 0.
_NORMS: dict[str, dict[str, int | None]] = {
    "srat": {"table_revision": 1},
    "slit": {"localities": None},
    "msct": {
        "information_offset": 0x38,
        "maximum_domains_minus_one": None,
        "maximum_address": (1 << 48) - 1,
    },
    "madt": {"local_address": 0xFEE00000, "flags": 1},
}


def _section(kind: Kind) -> SpecSection:
    text = "matrix" if kind.beginning is None else "entries"
    norms = _NORMS.get(kind.module, {})
    return SpecSection(signature=kind.signature, revision=kind.revision, text=text, norms=norms)


SECTIONS: dict[str, SpecSection] = {
    **{kind.module: _section(kind) for kind in KINDS},
    "table": SpecSection(signature=b"", text="body"),
}
BY_SIGNATURE = {section.signature: name for name, section in SECTIONS.items() if section.signature}
