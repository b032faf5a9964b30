"""What would put a node into another tier, as text and as JSON values."""

from __future__ import annotations

from srat_tool.plan.advise_tier import advise_tier
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.tier_advice import tier_advice_lines, tier_advice_value
from tests.plan.test_advise_tier import machine, with_numbers

PAPER = Paper(width=100)


def test_a_row_for_each_tier() -> None:
    """The numbers of each, and the entries that give the numbers now."""
    advice = advise_tier(machine(with_numbers(200, 500)), 2)
    text = paint(tier_advice_lines(advice, PAPER), PAPER)
    assert text.startswith("yes: node 2 is in tier 16 (kernel 7.2); its numbers from processors")
    assert "     4  node 0-1  50 to 61 ns              1621 to 2025 MB/s" in text
    assert "read latency 200: entry 200 of 1000, from domain 0" in text


def test_why_not() -> None:
    """What decides in their place."""
    text = paint(tier_advice_lines(advise_tier(machine(None, "5.10"), 2), PAPER), PAPER)
    assert text.startswith("no: node 2 is in no tier (kernel 5.10)")
    assert "because this kernel has no memory tiers" in text


def test_json() -> None:
    """Bounds are inclusive; no key is missing where nothing is possible."""
    value = tier_advice_value(advise_tier(machine(with_numbers(200, 500)), 2))
    assert value["moves"][0] == {
        "tier": 4, "nids": [0, 1], "latency": [50, 61], "bandwidth": [1621, 2025]
    }  # fmt: skip
    assert value["sources"][0]["initiator"] == 0
    empty = tier_advice_value(advise_tier(machine(None, "5.10"), 2))
    assert (empty["tier"], empty["numbers"], empty["moves"]) == (None, None, [])
