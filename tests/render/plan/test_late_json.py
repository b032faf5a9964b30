"""The keys of the plan's JSON for the time after the zones."""

from __future__ import annotations

from srat_tool.plan.after_zones import nothing_after_zones
from srat_tool.render.plan.late_json import late_value
from tests.plan.test_after_zones import late


def test_two_tiers() -> None:
    """Every key is there, with figures."""
    value = late_value(late())
    assert value["fallback_order"][0] == {"nid": 0, "order": [0, 1]}
    assert value["access"][-1] == {
        "nid": 1,
        "class": 1,
        "initiators": [0],
        "read_latency": 20,
        "write_latency": 20,
        "read_bandwidth": 5120,
        "write_bandwidth": 5120,
    }
    assert value["memory_side_caches"] == [
        {
            "nid": 1,
            "index": 1,
            "size": 1 << 30,
            "line_size": 64,
            "indexing": 0,
            "write_policy": 0,
        }
    ]
    assert value["tiers"]["tiers"] == [{"number": 4, "nids": [0]}, {"number": 18, "nids": [1]}]
    assert value["tiers"]["demotion"][0] == {"nid": 0, "preferred": [1], "fallback": [1]}
    assert value["tiers"]["reference"]["nid"] == 0
    assert value["tiers"]["top"] == [0]
    assert value["interleave_weights"] == [{"nid": 0, "weight": 21}, {"nid": 1, "weight": 10}]


def test_nothing_to_say() -> None:
    """Lists are empty, and `why_empty` has the reason of each."""
    value = late_value(nothing_after_zones("it ends before"))
    assert value["tiers"]["algorithm"] == "absent"
    for name in ("fallback_order", "access", "memory_side_caches", "interleave_weights"):
        assert value[name] == []
        assert {"key": name, "why": "it ends before"} in value["why_empty"]


def test_an_order_that_is_not_printed_is_not_told() -> None:
    """5.10 uses one, but how it adds the load is not the order that later kernels print."""
    assert late_value(late(kernel="5.10"))["fallback_order"] == []
