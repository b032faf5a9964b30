"""An MSCT as rules see it: which domain may grow how far."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

from srat_tool.lint.rule import Hit
from srat_tool.lint.views import EntryView
from srat_tool.tables.msct import DomainInformation, Msct

FIELDS = {
    "information_offset": (36, 4),
    "maximum_domains_minus_one": (40, 4),
    "maximum_clock_domains_minus_one": (44, 4),
    "maximum_address": (48, 8),
}


class MsctView(EntryView):
    """One MSCT; structures of zeros behind the real ones are room that was not used."""

    kinds: ClassVar[Mapping[int, str]] = {1: "domains"}

    @cached_property
    def msct(self) -> Msct:
        """The table."""
        table: Msct = self.decoded.table
        return table

    @property
    def structures(self) -> list[DomainInformation]:
        """The whole structures in table order."""
        return self.all_of(1)

    def is_unused(self, entry: DomainInformation) -> bool:
        """Tell whether a structure is a copy that was never filled in."""
        return not any(entry[3:7]) and bool(self.structures) and entry is not self.structures[0]

    def covering(self, domain: int) -> DomainInformation | None:
        """Return the first structure that is about a domain."""
        for entry in self.structures:
            if entry.first_domain <= domain <= entry.last_domain:
                return entry
        return None

    def fixed(self, field: str, message: str) -> Hit:
        """Return a hit on a field of the fixed part."""
        offset, size = FIELDS[field]
        return self.hit(message, offset, size)
