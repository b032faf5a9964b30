"""Each node's removability as JSON."""

from __future__ import annotations

from srat_tool.plan.removal_overview import removal_overview
from srat_tool.render.overview_json import SCHEMA, overview_value
from tests.plan.support import machine
from tests.plan.test_removal_overview import HOT


def test_rows_have_the_fields_of_the_overview() -> None:
    """Options are a list."""
    value = overview_value(removal_overview(machine(HOT)))
    assert value["schema"] == SCHEMA
    assert value["nodes"][1]["options"] == ["movable_node"]
