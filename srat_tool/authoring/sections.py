"""Which section of a spec describes which table, and its keys beyond its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from srat_tool.grammar.codec import Codec
from srat_tool.grammar.registry import CODECS, OPAQUE


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecSection:
    """One kind of table as a spec names it.

    Attributes:
        signature: empty when the section itself sets it.
        revision: the header's revision unless set.
        text: the key that holds the table's lines.
        norm: value of each integer between header and lines; None when it follows from the lines.
    """

    signature: bytes
    revision: int = 1
    text: str = "entries"
    norm: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def codec(self) -> Codec:
        """The grammar's description of the table."""
        return CODECS.get(self.signature, OPAQUE)

    def encode_fixed(self, values: Mapping[str, int]) -> bytes:
        """Return the bytes between the header and the lines."""
        fixed = self.codec.fixed
        return fixed.packed.pack(*(values[name] for name in fixed.fields)) if fixed else b""


SECTIONS: dict[str, SpecSection] = {
    "srat": SpecSection(signature=b"SRAT", revision=3, norm={"table_revision": 1, "reserved": 0}),
    "slit": SpecSection(signature=b"SLIT", text="matrix", norm={"localities": None}),
    "hmat": SpecSection(signature=b"HMAT", revision=2, norm={"reserved": 0}),
    "msct": SpecSection(
        signature=b"MSCT",
        norm={
            "information_offset": 0x38,
            "maximum_domains_minus_one": None,
            "maximum_clock_domains_minus_one": 0,
            "maximum_address": (1 << 48) - 1,
        },
    ),
    "cedt": SpecSection(signature=b"CEDT"),
    "madt": SpecSection(
        signature=b"APIC", revision=5, norm={"local_address": 0xFEE00000, "flags": 1}
    ),
    "pptt": SpecSection(signature=b"PPTT", revision=3),
    "table": SpecSection(signature=b"", text="body"),
}
BY_SIGNATURE = {section.signature: name for name, section in SECTIONS.items() if section.signature}
