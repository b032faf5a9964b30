"""An NFIT as rules see it: address ranges."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.lint.views import EntryView
from srat_tool.tables.nfit import SpaRange


class NfitView(EntryView):
    """One NFIT."""

    @property
    def ranges(self) -> list[SpaRange]:
        """The address ranges in table order."""
        return self.all_of(0)

    def span(self, entry: SpaRange) -> Span:
        """Return the addresses of a range."""
        return Span(entry.base_address, entry.base_address + entry.range_length)
