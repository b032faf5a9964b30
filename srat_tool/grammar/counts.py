"""How many elements an array has, where that is more than the value of one field."""

from __future__ import annotations

from collections.abc import Mapping

from srat_tool.tables.interleave import WAYS

_WINDOW_SIZE = 36
_SWITCH_SIZE = 16


def window_targets(fields: Mapping[str, int]) -> int:
    """Return how many host bridges a window names; with a reserved code, all that follow."""
    return WAYS.get(fields["encoded_ways"], (fields["length"] - _WINDOW_SIZE) // 4)


def switch_numbers(fields: Mapping[str, int]) -> int:
    """Return how many numbers follow: four an entry, and whole entries only."""
    return max(0, fields["length"] - _SWITCH_SIZE) // 8 * 4
