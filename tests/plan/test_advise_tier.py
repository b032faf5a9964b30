"""What would put a node into another memory tier."""

from __future__ import annotations

import pytest

from srat_tool.base.errors import BootOptionError
from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.base.units import GIB
from srat_tool.grammar.registry import encode
from srat_tool.plan.advise_tier import Bounds, TierAdvice, advise_tier
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import make_plan
from srat_tool.tables.hmat import Hmat
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from tests.hmats import bandwidth, hmat, latency
from tests.machines import cpu, mem, srat
from tests.plan.support import raw

TABLE = srat(
    cpu(0, 0), cpu(1, 1), mem(0, 0, 4 * GIB), mem(1, 4 * GIB, 8 * GIB), mem(2, 8 * GIB, 9 * GIB)
)
RAM = MemoryMap(entries=(MapEntry(0, 9 * GIB, MemoryType.RAM),))


def machine(table: Hmat | None, kernel: str = "7.2") -> Machine:
    tables = [raw(TABLE)]
    if table is not None:
        tables.append(RawTable(origin=Origin(path="test"), data=encode(table)))
    return Machine(tables=tuple(tables), memory_map=RAM, profile=kernel, command_line="nokaslr")


def with_numbers(slow: int, rate: int) -> Hmat:
    return hmat(
        latency(100, 100, slow, 100, 100, slow, initiators=(0, 1)),
        bandwidth(900, 900, rate, 900, 900, rate, initiators=(0, 1)),
    )


def tier_of(table: Hmat, nid: int) -> int:
    tiers = make_plan(machine(table)).after_zones.tiers
    assert tiers is not None
    return next(tier.number for tier in tiers.tiers if nid in tier.nids)


def test_every_bound_is_what_the_plan_says() -> None:
    """The first and the last number put the node there, the next ones do not."""
    advice = advise_tier(machine(with_numbers(200, 500)), 2)
    assert (advice.number, advice.adistance) == (16, 2073)
    assert [move.number for move in advice.moves] == [4, 15, 17]
    for move in advice.moves:
        assert move.latency is not None
        assert move.bandwidth is not None
        for value, inside in _around(move.latency):
            assert (tier_of(with_numbers(value, 500), 2) == move.number) is inside
        for value, inside in _around(move.bandwidth):
            assert (tier_of(with_numbers(200, value), 2) == move.number) is inside
    assert advice.moves[0].nids == (0, 1)


def _around(bounds: Bounds) -> list[tuple[int, bool]]:
    least, most = bounds
    return [(least - 1, False), (least, True), (most, True), (most + 1, False)]


def reasons(advice: TierAdvice) -> str:
    assert advice.moves == ()
    return "; ".join(advice.because)


def test_nodes_whose_numbers_decide_nothing() -> None:
    """The reference, another node with processors, a node without numbers."""
    one = machine(with_numbers(200, 500))
    assert "node 0 is the reference" in reasons(advise_tier(one, 0))
    assert "node 1 has processors" in reasons(advise_tier(one, 1))
    unknown = machine(with_numbers(0, 500))
    assert "gives node 2 no latency or no bandwidth" in reasons(advise_tier(unknown, 2))


def test_what_would_let_numbers_decide() -> None:
    """A later kernel, an HMAT, DRAM nodes that are alike."""
    old = advise_tier(machine(with_numbers(200, 500), "6.1"), 2)
    said = "since Linux 6.7 the numbers of the HMAT decide about memory that kmem adds, "
    assert said + "since Linux 6.10 about all memory" in reasons(old)
    assert "since Linux 6.10 its numbers decide" in reasons(
        advise_tier(machine(with_numbers(100, 900), "6.8"), 2)
    )
    assert "an HMAT that gives every node" in reasons(advise_tier(machine(None), 2))
    apart = hmat(latency(100, 150, 200), bandwidth(900, 900, 500))
    assert "numbers of node 1 that differ by at most 10 %" in reasons(
        advise_tier(machine(apart), 2)
    )
    assert "no memory tiers" in reasons(advise_tier(machine(None, "5.10"), 2))


def test_a_node_that_is_not_there() -> None:
    """The ones that are there are named."""
    with pytest.raises(BootOptionError, match="expected one of 0, 1 or 2"):
        advise_tier(machine(None), 7)
