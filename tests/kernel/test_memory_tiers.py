"""Memory tiers: every figure was seen on a booted kernel."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from srat_tool.kernel.access import Coordinate
from srat_tool.kernel.late_events import DemotionTargets, DramMismatch
from srat_tool.kernel.late_rules import MemoryTierRule
from srat_tool.kernel.memory_tiers import (
    AbstractDistance,
    DramPerformance,
    Reference,
    Tier,
    interleave_weights,
    memory_tiers,
    mt_perf_to_adistance,
    mt_set_default_dram_perf,
)
from srat_tool.kernel.zonelists import NodeLoad, NodeSets, build_all_zonelists
from tests.machines import rows_of

DRAM = Coordinate(10, 10, 10240, 10240)


def _perf(
    nodes: dict[int, Coordinate | None], rule: MemoryTierRule = MemoryTierRule.HMAT
) -> DramPerformance:
    return mt_set_default_dram_perf(rule, nodes, hmat_used=None)


def test_three_nodes() -> None:
    """DRAM, slower and faster memory: tiers 4, 18 and 1, demotion from fast to slow."""
    dram = _perf({0: DRAM})
    numbers = {0: DRAM, 1: Coordinate(20, 20, 5120, 5120), 2: Coordinate(5, 5, 20480, 20480)}
    found = {nid: mt_perf_to_adistance(dram, one) for nid, one in numbers.items()}
    distances = {nid: one.adistance for nid, one in found.items() if one is not None}
    assert distances == {0: 576, 1: 2304, 2: 144}
    nodes = NodeSets((0, 1, 2), frozenset({0, 1, 2}), frozenset({0}))
    load = NodeLoad(1024, rows_of(lambda a, b: 10 if a == b else 20))
    build_all_zonelists(load, nodes, memoryless_lists_itself=False)
    tiers = memory_tiers(distances, load, nodes)
    assert tiers.tiers == (Tier(1, (2,)), Tier(4, (0,)), Tier(18, (1,)))
    assert tiers.demotion == (
        DemotionTargets(0, (1,), (1,)),
        DemotionTargets(1, (), ()),
        DemotionTargets(2, (0,), (0, 1)),
    )
    assert tiers.top == (0, 2)


def test_the_numbers_of_one_cxl_region() -> None:
    """202 and 302 ns at 5120 MB/s against 10 ns at 10240: tier 226; with ps as ns, tier 15525."""
    dram = _perf({0: DRAM})
    right = mt_perf_to_adistance(dram, Coordinate(202, 302, 5120, 5120))
    wrong = mt_perf_to_adistance(dram, Coordinate(17200, 17300, 5120, 5120))
    assert (right, wrong) == (AbstractDistance(29030, False), AbstractDistance(1987200, False))
    assert (29030 >> 7, 1987200 >> 7) == (226, 15525)


def test_products_of_32_bits_wrap() -> None:
    """Ten times the latency of DRAM with 400 GB/s each way: 5760 * 800000 has 33 bits."""
    dram = _perf({0: Coordinate(100, 100, 400000, 400000)})
    slow = Coordinate(1000, 1000, 100000, 100000)
    whole = AbstractDistance(5760 * 800000 // 200000, wraps=False)
    assert mt_perf_to_adistance(dram, slow) == whole
    narrow = replace(dram, in_64_bits=False)
    cut = AbstractDistance((5760 * 800000 - (1 << 32)) // 200000, wraps=True)
    assert mt_perf_to_adistance(narrow, slow) == cut


def test_dram_nodes_that_differ() -> None:
    """12 ns against 10 turns tiering off; exactly a tenth does not."""
    far = Coordinate(12, 12, 10240, 10240)
    off = _perf({0: DRAM, 1: far})
    assert off.algorithm == "off"
    assert off.mismatch == DramMismatch(0, DRAM, 1, far)
    assert mt_perf_to_adistance(off, far) is None
    assert _perf({0: DRAM, 1: Coordinate(11, 11, 10240, 10240)}).algorithm == "hmat"


def test_without_numbers_the_default_stays() -> None:
    """A DRAM node without bandwidth, none with numbers at all, or no HMAT."""
    assert _perf({0: Coordinate(10, 10, 0, 0)}).algorithm == "default"
    assert _perf({0: DRAM, 1: Coordinate()}).reference == Reference(0, DRAM)
    assert _perf({0: None}).why == "no DRAM node has numbers in the HMAT"
    unread = mt_set_default_dram_perf(MemoryTierRule.HMAT, {0: DRAM}, hmat_used="no table")
    assert (unread.algorithm, unread.why) == ("default", "no table")


def test_kernels_without_tiers_from_the_hmat() -> None:
    """5.10 has none, 6.1 only its fixed ones."""
    assert _perf({0: DRAM}, MemoryTierRule.ABSENT).why == "this kernel has no memory tiers"
    assert _perf({0: DRAM}, MemoryTierRule.FIXED).algorithm == "absent"


def test_kernels_that_compare_nodes_without_tiers_for_them() -> None:
    """6.6.117 prints DRAM nodes that differ, and uses no number; 6.7 does for kmem alone."""
    far = Coordinate(12, 12, 10240, 10240)
    old = _perf({0: DRAM, 1: far}, MemoryTierRule.COMPARED)
    assert (old.algorithm, old.reference) == ("absent", None)
    assert old.mismatch == DramMismatch(0, DRAM, 1, far)
    assert _perf({0: DRAM, 1: far}, MemoryTierRule.KMEM).algorithm == "off"
    alike = _perf({0: DRAM}, MemoryTierRule.KMEM)
    assert alike.algorithm == "hmat"
    assert alike.why.endswith("memory that kmem adds, and of no other")


def test_a_nearer_node_that_the_penalty_hides_ends_the_list() -> None:
    """Candidates at 20 and 21: a processor at 20 makes them equal, so the lower number is first."""
    distances = {(0, 1): 21, (0, 2): 20}
    load = NodeLoad(1024, rows_of(lambda a, b: 10 if a == b else distances.get((a, b), 30)))
    nodes = NodeSets((0, 1, 2), frozenset({0, 1, 2}), frozenset({0, 2}))
    tiers = memory_tiers({0: 576, 1: 2304, 2: 2304}, load, nodes)
    assert tiers.demotion[0] == DemotionTargets(0, (1,), (1, 2))


def test_weights() -> None:
    """Shares of 32, at least 1, divided by what they have in common."""
    assert interleave_weights({0: 10240, 1: 5120}) == {0: 21, 1: 10}
    assert interleave_weights({0: 10240, 1: 10240}) == {0: 1, 1: 1}
    assert interleave_weights({0: 10240, 1: 0}) == {0: 32, 1: 1}
    assert interleave_weights({0: 0}) == {0: 1}
    assert interleave_weights({}) == {}


@given(
    st.dictionaries(st.integers(0, 9), st.integers(0, 5000), min_size=1),
    st.sets(st.integers(0, 9)),
)
def test_demotion_goes_to_the_next_slower_tier(distances: dict[int, int], cpus: set[int]) -> None:
    """Every node is in one tier; targets are slower; only the slowest tier has none."""
    nodes = NodeSets(tuple(sorted(distances)), frozenset(distances), frozenset(cpus))
    found = memory_tiers(distances, NodeLoad(64, rows_of(lambda a, b: 10 + abs(a - b))), nodes)
    tier_of = {nid: tier.number for tier in found.tiers for nid in tier.nids}
    assert tier_of == {nid: value >> 7 for nid, value in distances.items()}
    for nid, preferred, fallback in found.demotion:
        slower = {other for other, tier in tier_of.items() if tier > tier_of[nid]}
        assert set(fallback) == slower
        assert bool(preferred) == bool(slower)
        nearest = min((tier_of[other] for other in slower), default=None)
        assert {tier_of[other] for other in preferred} <= {nearest}
