"""The answer to why as JSON."""

from __future__ import annotations

from srat_tool.plan.why import why
from srat_tool.render.plan.why_json import SCHEMA, why_value
from tests.plan.support import machine
from tests.plan.test_removal_overview import HOT


def test_the_chain_is_a_tree_of_steps() -> None:
    """It has no schema of its own."""
    value = why_value(why(machine(HOT), "node1"))
    assert value["schema"] == SCHEMA
    assert set(value["chain"]) == {"text", "offset", "steps"}
    assert value["remedy"] == "boot with movable_node"
