"""Colours, all of them explicit: a terminal's default cyan was chosen for other texts.

Each colour is readable on black and on white; black text is readable on every zone's colour.
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
}
_OTHER_ZONE = _rgb(190, 190, 190)

DIM = Style(color=_rgb(132, 138, 148))
HEADING = Style(bold=True)
GOOD = Style(color=_rgb(62, 160, 70), bold=True)
WARNING = Style(color=_rgb(196, 132, 0), bold=True)
ERROR = Style(color=_rgb(222, 62, 62), bold=True)
NOTE = Style(color=_rgb(64, 132, 214), bold=True)
ADDED = Style(color=_rgb(62, 160, 70))
REMOVED = Style(color=_rgb(222, 62, 62))


def zone_style(zone: str) -> Style:
    """Return how a piece of this zone is filled."""
    return Style(color=_INK, bgcolor=_ZONES.get(zone, _OTHER_ZONE), bold=True)
