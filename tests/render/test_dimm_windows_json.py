"""Ranges for planned DIMMs as JSON."""

from __future__ import annotations

from srat_tool.base.units import GIB
from srat_tool.plan.dimm_text import PlannedDimms
from srat_tool.plan.dimm_windows import dimm_windows
from srat_tool.render.dimm_windows_json import SCHEMA, dimm_windows_value
from tests.hotplug import TABLE
from tests.plan.support import machine


def test_ranges_and_places_have_their_addresses() -> None:
    """Numbers, and the same in hexadecimal."""
    value = dimm_windows_value(dimm_windows(machine(TABLE), [PlannedDimms(2 * GIB, 1, 2)]))
    assert (value["schema"], value["possible"]) == (SCHEMA, True)
    (window,) = value["windows"]
    assert (window["start"], window["end_hex"], window["there"]) == (12 * GIB, "0x400000000", True)
    assert window["places"][0]["start_hex"] == "0x300000000"
