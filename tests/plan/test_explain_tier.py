"""From the entries of the HMAT to the number of a tier."""

from __future__ import annotations

from srat_tool.base.units import GIB
from srat_tool.grammar.registry import encode
from srat_tool.plan.explain import explain
from srat_tool.plan.explain_target import find_target
from srat_tool.plan.explain_tier import tier_words
from srat_tool.plan.plan import Plan
from tests.hmats import bandwidth, hmat, latency
from tests.machines import cpu, mem, srat
from tests.plan.support import plan, raw

TABLE = srat(cpu(0, 0), mem(0, 0, 5 * GIB), mem(1, 5 * GIB, 6 * GIB))


def planned(*rows: object, kernel: str = "6.12") -> Plan:
    """Plan two nodes, the second without processors."""
    numbers = hmat(*rows)  # type: ignore[arg-type]
    tables = (raw(TABLE), raw(TABLE)._replace(data=encode(numbers)))
    return plan(None, tables=tables, profile=kernel)


def test_the_arithmetic() -> None:
    """Each number has its entry, and the distance its formula."""
    made = planned(latency(10, 20), bandwidth(10240, 5120))
    words = list(tier_words(made.after_zones, 1))
    assert words == [
        "HMAT +0x0056  read latency 20 ns: entry 20 of 1000, from domain 0",
        "HMAT +0x0056  write latency 20 ns: entry 20 of 1000, from domain 0",
        "HMAT +0x0086  read bandwidth 5120 MB/s: entry 5120 of 1, from domain 0",
        "HMAT +0x0086  write bandwidth 5120 MB/s: entry 5120 of 1, from domain 0",
        "abstract distance 2304: 576 * (20 + 20) / (10 + 10) * (10240 + 10240) / (5120 + 5120)",
        "tier 18: 2304 / 128, rounded down",
        "its pages are demoted nowhere: no tier is slower",
    ]
    link = explain(made, find_target(made, "node1")).steps[-1]
    assert link.text == "memory tier"
    assert [step.text for step in link.steps] == words


def test_without_numbers() -> None:
    """What is missing is reported, and what counts instead."""
    made = planned(latency(10, 20), bandwidth(10240, 0))
    assert list(tier_words(made.after_zones, 1))[-4:-1] == [
        "the node has no latency or no bandwidth from processors",
        "abstract distance 576, that of DRAM",
        "tier 4: 576 / 128, rounded down",
    ]


def test_kernels_without_tiers() -> None:
    """5.10 has no such link."""
    made = planned(latency(10, 20), kernel="5.10")
    assert list(tier_words(made.after_zones, 1)) == []
