"""Colours are explicit, and words can be read on them."""

from __future__ import annotations

from itertools import product

import pytest

from srat_tool.render.paper.theme import zone_style


def _luminance(rgb: tuple[int, int, int]) -> float:
    parts = [c / 255 for c in rgb]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("zone", ["DMA", "DMA32", "Normal", "HighMem", "Movable", "hot-add", "?"])
def test_zone_names_can_be_read(zone: str) -> None:
    """Ink on every zone's colour has a contrast of at least 7:1 (WCAG AAA)."""
    style = zone_style(zone)
    assert style.color is not None
    assert style.bgcolor is not None
    assert style.color.triplet is not None
    assert style.bgcolor.triplet is not None
    light, dark = _luminance(style.bgcolor.triplet), _luminance(style.color.triplet)
    assert (light + 0.05) / (dark + 0.05) >= 7


def test_zones_differ() -> None:
    """No two zones look alike."""
    zones = ["DMA", "DMA32", "Normal", "Movable", "hot-add"]
    assert all(zone_style(a) != zone_style(b) for a, b in product(zones, zones) if a != b)
