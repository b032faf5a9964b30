"""Holes."""

from __future__ import annotations

from srat_tool.tables.structure import Hole


def test_a_hole_is_never_enabled() -> None:
    """Whatever its bytes are."""
    assert not Hole(48, 1, 0, b"\x01\0\xff\xff\xff\xff").enabled
