from srat_tool.base.units import GIB
from srat_tool.render.plan.as_json import SCHEMA, plan_value
from tests.machines import mem, srat
from tests.plan.support import plan

TABLE = srat(
    mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB, hot=True), mem(1, 8 * GIB, 9 * GIB, hot=True)
)
KEYS = {
    "schema", "kernel", "numa", "crash", "distances", "memblock", "zones", "movable_start",
    "hotpluggable", "node_local", "hot_add", "memory_block_bytes", "log", "assumptions",
    "alternatives", "fallback_order", "access", "memory_side_caches", "tiers",
    "interleave_weights", "why_empty", "windows", "soft_reserved", "blocks",
}  # fmt: skip


def test_the_contract() -> None:
    """Every key of the schema is there, and addresses have hexadecimal strings next to them."""
    value = plan_value(plan(TABLE, "movable_node nokaslr"))
    assert set(value) == KEYS
    assert value["schema"] == SCHEMA
    assert value["memblock"]["memory"][-1] == {
        "start": 4 * GIB, "start_hex": "0x100000000", "end": 6 * GIB, "end_hex": "0x180000000",
        "nid": 1, "flags": ["HOTPLUG"],
    }  # fmt: skip
    assert value["movable_start"] == [{"nid": 1, "start": 4 * GIB, "start_hex": "0x100000000"}]
    assert value["numa"]["nodes"][0]["ranges"][0]["end_hex"] == "0x80000000"
    assert set(value["hotpluggable"][0]) >= {"nid", "pxm", "verdict", "because", "offset"}
    assert value["hot_add"][0]["online_movable_zone"] == "Movable"
    assert value["zones"][0]["end_pfn"] == 4096


def test_places_that_nobody_knows_are_null() -> None:
    """Not zero."""
    value = plan_value(plan(TABLE))
    vmemmap = next(row for row in value["node_local"] if row["what"] == "vmemmap")
    assert vmemmap["start"] is None
    assert vmemmap["start_hex"] is None


def test_alternatives_are_spelt_as_in_the_contract() -> None:
    """`if` is no name for a field in Python."""
    table = srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB, hot=True))
    (choice,) = plan_value(plan(table, "movable_node", kernel_image=None))["alternatives"]
    assert set(choice) == {"if", "changes", "kernel_nodes", "movable_start"}
    assert (choice["kernel_nodes"], choice["movable_start"]) == ([0, 1], [])
