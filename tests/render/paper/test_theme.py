"""Colours are explicit, and words can be read on them."""

from __future__ import annotations

from itertools import product

import pytest
from rich.style import Style

from srat_tool.render.inspect import matrix
from srat_tool.render.inspect.hexdump import COLORS
from srat_tool.render.paper import theme
from srat_tool.render.paper.runs import BACKGROUND
from srat_tool.render.paper.theme import on_dark, zone_style


def _luminance(rgb: tuple[int, int, int]) -> float:
    parts = [c / 255 for c in rgb]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("zone", [*theme.ZONES, "?"])
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
    pairs = product(theme.ZONES, theme.ZONES)
    assert all(zone_style(a) != zone_style(b) for a, b in pairs if a != b)


WORDS = ("DIM", "GOOD", "WARNING", "ERROR", "NOTE", "ADDED", "REMOVED")


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _rgb(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


@pytest.mark.parametrize("name", WORDS)
def test_words_can_be_read_on_light_and_dark(name: str) -> None:
    """4.5:1 (WCAG AA) on black and white terminals, and on the dark background of a document."""
    color = getattr(theme, name).color
    assert _contrast(color.triplet, (0, 0, 0)) >= 4.5
    assert _contrast(color.triplet, (255, 255, 255)) >= 4.5
    assert on_dark(color.triplet.hex) != color.triplet.hex
    assert _contrast(_rgb(on_dark(color.triplet.hex)), _rgb(BACKGROUND)) >= 4.5


@pytest.mark.parametrize("color", COLORS)
def test_bytes_of_fields_can_be_read_on_light_and_dark(color: str) -> None:
    """The colours in which the bytes of a table are listed."""
    assert _contrast(_rgb(color), (0, 0, 0)) >= 4.5
    assert _contrast(_rgb(color), (255, 255, 255)) >= 4.5


@pytest.mark.parametrize("worn", matrix.STYLES)
def test_cells_of_matrices_can_be_read(worn: str) -> None:
    """Their text and their background are both set."""
    style = Style.parse(worn)
    assert style.color is not None
    assert style.bgcolor is not None
    ink, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()
    assert _contrast(_rgb(ink.hex), _rgb(ground.hex)) >= 4.5


def test_all_words_of_the_theme_are_tested() -> None:
    """A colour that is added to it is tested, too."""
    styles = {name: value for name, value in vars(theme).items() if isinstance(value, Style)}
    assert {name for name, style in styles.items() if style.color} == set(WORDS)
