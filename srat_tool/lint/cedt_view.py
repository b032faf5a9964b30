"""A CEDT as rules see it: host bridges, windows, and the SRAT at their addresses."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from srat_tool.base.span import Span
from srat_tool.lint.views import EntryView
from srat_tool.tables.cedt import Cfmws, Chbs, Cxims


class CedtView(EntryView):
    """One CEDT."""

    @property
    def bridges(self) -> list[Chbs]:
        """The host bridges."""
        return self.all_of(0)

    @property
    def windows(self) -> list[Cfmws]:
        """The windows in table order."""
        return self.all_of(1)

    @property
    def xor_maps(self) -> list[Cxims]:
        """The XOR maps."""
        return self.all_of(2)

    @cached_property
    def bridge_uids(self) -> set[int]:
        """Unique ids of the host bridges, those of a wrong length too."""
        return {bridge.uid for bridge in self.entries if isinstance(bridge, Chbs)}

    def span(self, window: Cfmws) -> Span:
        """Return the addresses of a window."""
        return Span(window.base_hpa, window.base_hpa + window.window_size)

    def wanted_length(self, entry: Any) -> int | None:
        """Return the length that a structure should state; None for an unknown type.

        A window with a reserved number of ways is read as it is.
        """
        if entry.type == 1 and isinstance(entry, Cfmws):
            return 36 + 4 * entry.ways if entry.ways else None
        if entry.type == 2 and isinstance(entry, Cxims):
            return 8 + 8 * entry.map_count
        return {0: 32, 3: 20, 4: 8}.get(entry.type)

    @cached_property
    def overlaps(self) -> list[tuple[Cfmws, Cfmws]]:
        """Pairs of windows that share a byte: each with the one below that reaches furthest."""
        found: list[tuple[Cfmws, Cfmws]] = []
        widest: Cfmws | None = None
        for window in sorted(self.windows, key=lambda w: (w.base_hpa, w.offset)):
            if widest is not None and self.span(widest).overlaps(self.span(window)):
                found.append((widest, window))
            if widest is None or self.span(window).end > self.span(widest).end:
                widest = window
        return found
