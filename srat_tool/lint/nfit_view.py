"""An NFIT as rules see it: address ranges, and what the other structures refer to."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from srat_tool.base.span import Span
from srat_tool.lint.opaque import OpaqueStructure, OpaqueView
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
WITH_WINDOWS = 80
"""Bytes of a control region with block windows."""
ADDRESS_BYTES = 8
PERSISTENT_MEMORY = bytes.fromhex("79d3f066f3b47440ac430d3318b78cdb")
"""The type of a range of persistent memory: 66F0D379-B4F3-4074-AC43-0D3318B78CDB."""

_FIELDS: Mapping[int, Mapping[str, tuple[int, int]]] = {
    MAPPING: {
        "handle": (4, 4),
        "physical id": (8, 2),
        "range": (12, 2),
        "control region": (14, 2),
        "size": (16, 8),
        "offset": (24, 8),
        "ways": (42, 2),
        "flags": (44, 2),
        "reserved": (46, 2),
    },
    INTERLEAVE: {"index": (4, 2), "reserved": (6, 2), "count": (8, 4), "line size": (12, 4)},
    SMBIOS: {"reserved": (4, 4)},
    CONTROL_REGION: {
        "index": (4, 2),
        "valid fields": (18, 1),
        "reserved": (22, 2),
        "serial": (24, 4),
        "windows": (30, 2),
    },
    DATA_WINDOW: {},
    FLUSH_HINTS: {"handle": (4, 4), "count": (8, 2), "reserved": (10, 6)},
    CAPABILITIES: {
        "highest": (4, 1),
        "reserved": (5, 3),
        "capabilities": (8, 4),
        "reserved2": (12, 4),
    },
}
"""Offset and bytes of the fields of the structures that the grammar stores whole."""

# Where a structure states its index, and where it refers to those of others.
_INDEX_AT = 4
_REFERENCES: Mapping[int, tuple[tuple[int, str, int], ...]] = {
    MAPPING: ((12, "range", 0), (14, "control region", CONTROL_REGION), (40, "interleave", 2)),
    DATA_WINDOW: ((4, "control region", CONTROL_REGION),),
}


class NfitIndex(NamedTuple):
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


class OtherStructure(OpaqueStructure):
    """A structure that is not an address range."""

    __slots__ = ()

    def addresses(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Yield offset and value of each address in a structure of flush hints that is there."""
        at = SIZES[FLUSH_HINTS]
        for _ in range(self["count"]):
            if at + ADDRESS_BYTES > self.entry.length:
                return
            place = self.entry.offset + at
            yield at, int.from_bytes(data[place : place + ADDRESS_BYTES], "little")
            at += ADDRESS_BYTES

    @property
    def wanted(self) -> int:
        """Bytes that the counts of the structure ask for."""
        least = SIZES[self.entry.type]
        if self.entry.type == INTERLEAVE:
            return least + 4 * self["count"]
        if self.entry.type == FLUSH_HINTS:
            return least + ADDRESS_BYTES * self["count"]
        windows = self.entry.type == CONTROL_REGION and self["windows"]
        return WITH_WINDOWS if windows else least


class NfitView(OpaqueView):
    """One NFIT."""

    least_sizes = SIZES
    names = NAMES

    @property
    def ranges(self) -> list[SpaRange]:
        """The address ranges in table order."""
        return self.all_of(0)

    def span(self, entry: SpaRange) -> Span:
        """Return the addresses of a range."""
        return Span(entry.base_address, entry.base_address + entry.range_length)

    def _word(self, entry: Any, at: int) -> int:
        value: int = struct.unpack_from("<H", self.raw.data, entry.offset + at)[0]
        return value

    def _complete(self, *types: int) -> Iterator[Any]:
        end = min(self.size, self.header.length)
        for entry in self.entries:
            if entry.type in types and SIZES[entry.type] <= entry.length <= end - entry.offset:
                yield entry

    def others(self, *types: int) -> Iterator[OtherStructure]:
        """Yield the structures of some types other than address ranges, read field by field."""
        for entry in self._complete(*types):
            data = self.raw.data
            found = {
                name: (int.from_bytes(data[entry.offset + at :][:size], "little"), at, size)
                for name, (at, size) in _FIELDS[entry.type].items()
            }
            yield OtherStructure(entry, found)

    def identity(self, region: OtherStructure) -> bytes:
        """Return what identifies a module: vendor, device, manufacture and serial number."""
        at = region.entry.offset
        return b"".join(self.raw.data[at + a : at + b] for a, b in ((6, 10), (18, 22), (24, 28)))

    @property
    def indices(self) -> dict[int, set[int]]:
        """The indices of address ranges, interleaves and control regions, by type."""
        found = {0: {entry.range_index for entry in self.ranges}}
        for kind in (INTERLEAVE, CONTROL_REGION):
            found[kind] = {self._word(entry, _INDEX_AT) for entry in self._complete(kind)}
        return found

    @property
    def references(self) -> Iterator[NfitIndex]:
        """Yield every reference that is not empty."""
        for entry in self._complete(*_REFERENCES):
            for place, what, kind in _REFERENCES[entry.type]:
                index = self._word(entry, place)
                if index:
                    yield NfitIndex(entry, place, what, kind, index)
