"""An MSCT as rules see it: which domain may grow how far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from srat_tool.lint.hit import Hit
from srat_tool.lint.views import EntryView
from srat_tool.tables.msct import DomainInformation, Msct

FIELDS = {
    "information_offset": (36, 4),
    "maximum_domains_minus_one": (40, 4),
    "maximum_clock_domains_minus_one": (44, 4),
    "maximum_address": (48, 8),
}


class MsctView(EntryView):
    """One MSCT; structures of zeros after the real ones are unused room."""

    @cached_property
    def msct(self) -> Msct:
        """The table."""
        table: Msct = self.decoded.table
        return table

    @property
    def structures(self) -> list[DomainInformation]:
        """The whole structures in table order."""
        return self.all_of(1)

    @property
    def is_misread(self) -> bool:
        """Return whether some structure could not be read, so that gaps mean little.

        Room of zeros is not a structure.
        """
        read = {entry.offset for entry in self.structures}
        return any(e.offset not in read and (e.length or any(e.extra)) for e in self.entries)

    def is_unused(self, entry: DomainInformation) -> bool:
        """Return whether a structure is a copy that was never filled in."""
        return not any(entry[3:7]) and bool(self.structures) and entry is not self.structures[0]

    def covering(self, domains: Sequence[int]) -> dict[int, DomainInformation]:
        """Return the first structure in table order that is about each of some domains.

        Each domain that is used passes its place on to the next one that is not. Where a structure
        could not be parsed, the first one is unknown.
        """
        if self.is_misread:
            return {}
        following = list(range(len(domains) + 1))

        def free(at: int) -> int:
            while following[at] != at:
                following[at] = following[following[at]]
                at = following[at]
            return at

        found: dict[int, DomainInformation] = {}
        for entry in self.structures:
            at = free(bisect_left(domains, entry.first_domain))
            while at < len(domains) and domains[at] <= entry.last_domain:
                found[domains[at]] = entry
                following[at] = at + 1
                at = free(at)
        return found

    def fixed(self, field: str, message: str) -> Hit:
        """Return a hit on a field of the fixed part."""
        offset, size = FIELDS[field]
        return self.hit(message, offset, size)
