"""CXL devices and regions as values."""

from __future__ import annotations

from srat_tool.plan.cxl_values import CxlDevice


def test_what_is_not_said_is_none() -> None:
    """A device is known by its CDAT alone."""
    assert CxlDevice("cdat", b"")[2:] == (None, None, None, None)
