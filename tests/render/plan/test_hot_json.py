"""Memory blocks and hot-add as JSON."""

from __future__ import annotations

from srat_tool.render.plan.hot_json import BLOCKS_SCHEMA, blocks_document, blocks_value
from tests.render.plan.test_blocks import BLOCKS


def test_runs_have_addresses_as_numbers_and_as_text() -> None:
    """Ends are exclusive; several zones are a list."""
    value = blocks_value(BLOCKS)
    assert value["size"] == 0x8000000
    first = value["runs"][0]
    assert (first["start_hex"], first["end_hex"]) == ("0x0", "0x8000000")
    assert (first["nid"], first["zones"], first["offline"]) == (0, ["DMA", "DMA32"], "no")


def test_a_document_has_the_schema_and_the_keys_of_the_plan() -> None:
    """What `plan --blocks` prints is the part of the plan, with its name and what was assumed."""
    answer = BLOCKS._replace(assumptions=("RAM = 4G: assumed",))
    assert blocks_document(answer) == {
        "schema": BLOCKS_SCHEMA,
        **blocks_value(BLOCKS),
        "assumptions": ["RAM = 4G: assumed"],
    }
