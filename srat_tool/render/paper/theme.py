"""Colours, all of them explicit: a terminal's default cyan was chosen for other texts.

Each has a contrast of at least 4.5:1 on black and on white, because the background of a terminal is
not known; few colours have. Documents, which know their background, have others for a dark one.
Black text is readable on every zone's colour.
"""

from __future__ import annotations

from rich.color import Color
from rich.style import Style


def _rgb(red: int, green: int, blue: int) -> Color:
    return Color.from_rgb(red, green, blue)


_INK = _rgb(20, 22, 26)
_ZONES = {
    "DMA": _rgb(240, 140, 146),
    "DMA32": _rgb(236, 197, 115),
    "Normal": _rgb(118, 168, 236),
    "HighMem": _rgb(196, 152, 232),
    "Movable": _rgb(146, 204, 116),
    "Device": _rgb(120, 205, 205),
    "hot-add": _rgb(166, 171, 181),
    "CXL": _rgb(205, 179, 226),
}
ZONES = tuple(_ZONES)
"""What has a colour of its own."""
_OTHER_ZONE = _rgb(190, 190, 190)

DIM = Style(color=_rgb(112, 117, 125))
HEADING = Style(bold=True)
GOOD = Style(color=_rgb(20, 135, 28), bold=True)
WARNING = Style(color=_rgb(168, 101, 0), bold=True)
ERROR = Style(color=_rgb(216, 54, 54), bold=True)
NOTE = Style(color=_rgb(41, 117, 206), bold=True)
ADDED = Style(color=_rgb(20, 135, 28))
REMOVED = Style(color=_rgb(216, 54, 54))


def zone_style(zone: str) -> Style:
    """Return how a piece of this zone is filled."""
    return Style(color=_INK, bgcolor=_ZONES.get(zone, _OTHER_ZONE), bold=True)


_ON_DARK = {
    style.color.get_truecolor().hex: bright
    for style, bright in (
        (DIM, "#a5abb8"),
        (GOOD, "#7fd487"),
        (WARNING, "#f0c060"),
        (ERROR, "#ff9a92"),
        (NOTE, "#8ab8ff"),
    )
    if style.color is not None
}
"""The colours of words above on the dark background of a document."""


def on_dark(ink: str) -> str:
    """Return a colour of words (`#rrggbb`) as documents have it on a dark background."""
    return _ON_DARK.get(ink, ink)
