"""An NFIT as rules see it: address ranges, and what the other structures refer to."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Any

from srat_tool.base.span import Span
from srat_tool.base.values import NamedTuple
from srat_tool.lint.views import EntryView
from srat_tool.tables.nfit import SpaRange

MAPPING, INTERLEAVE, SMBIOS, CONTROL_REGION, DATA_WINDOW, FLUSH_HINTS, CAPABILITIES = range(1, 8)
NAMES: Mapping[int, str] = {
    MAPPING: "region mapping",
    INTERLEAVE: "interleave",
    SMBIOS: "SMBIOS data",
    CONTROL_REGION: "control region",
    DATA_WINDOW: "block data window",
    FLUSH_HINTS: "flush hint addresses",
    CAPABILITIES: "platform capabilities",
}
SIZES: Mapping[int, int] = {
    MAPPING: 48,
    INTERLEAVE: 16,
    SMBIOS: 8,
    CONTROL_REGION: 32,
    DATA_WINDOW: 40,
    FLUSH_HINTS: 16,
    CAPABILITIES: 16,
}
"""Bytes that the structures have at least (ACPI 6.5, 5.2.25.3 to 5.2.25.9)."""
PERSISTENT_MEMORY = bytes.fromhex("79d3f066f3b47440ac430d3318b78cdb")
"""The type of a range of persistent memory: 66F0D379-B4F3-4074-AC43-0D3318B78CDB."""

# Where a structure states its index, and where it refers to those of others.
_INDEX_AT = 4
_REFERENCES: Mapping[int, tuple[tuple[int, str, int], ...]] = {
    MAPPING: ((12, "range", 0), (14, "control region", CONTROL_REGION), (40, "interleave", 2)),
    DATA_WINDOW: ((4, "control region", CONTROL_REGION),),
}


class NfitReference(NamedTuple):
    """An index of another structure that a structure states; 0 refers to none.

    Attributes:
        entry: the structure that states it.
        place: where in the structure.
        what: what is referred to.
        type: the type of what is referred to.
        number: the index.
    """

    entry: Any
    place: int
    what: str
    type: int
    number: int


class NfitView(EntryView):
    """One NFIT."""

    least_sizes = SIZES

    @property
    def ranges(self) -> list[SpaRange]:
        """The address ranges in table order."""
        return self.all_of(0)

    def span(self, entry: SpaRange) -> Span:
        """Return the addresses of a range."""
        return Span(entry.base_address, entry.base_address + entry.range_length)

    def kind(self, entry: Any) -> str:
        """Return what an entry is, as text."""
        return NAMES.get(entry.type) or super().kind(entry)

    def _word(self, entry: Any, at: int) -> int:
        value: int = struct.unpack_from("<H", self.raw.data, entry.offset + at)[0]
        return value

    def _complete(self, *types: int) -> Iterator[Any]:
        end = min(self.size, self.header.length)
        for entry in self.entries:
            if entry.type in types and SIZES[entry.type] <= entry.length <= end - entry.offset:
                yield entry

    @property
    def indices(self) -> dict[int, set[int]]:
        """The indices of address ranges, interleaves and control regions, by type."""
        found = {0: {entry.range_index for entry in self.ranges}}
        for kind in (INTERLEAVE, CONTROL_REGION):
            found[kind] = {self._word(entry, _INDEX_AT) for entry in self._complete(kind)}
        return found

    @property
    def references(self) -> Iterator[NfitReference]:
        """Yield every reference that is not empty."""
        for entry in self._complete(*_REFERENCES):
            for place, what, kind in _REFERENCES[entry.type]:
                index = self._word(entry, place)
                if index:
                    yield NfitReference(entry, place, what, kind, index)
