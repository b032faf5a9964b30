"""What added memory changes in nodes, lists, tiers and weights."""

from __future__ import annotations

from dataclasses import replace

import pytest

from srat_tool.kernel.access import NOT_GIVEN, AccessClass, Coordinate
from srat_tool.kernel.history_late import late_rules
from srat_tool.kernel.late_events import DemotionTargets, FallbackOrder
from srat_tool.kernel.late_machine import HmatNodes, LateMachine, RegionNumbers
from srat_tool.kernel.late_rules import LateRules, MemoryTierRule
from srat_tool.kernel.memory_tiers import Tier, mt_set_default_dram_perf
from srat_tool.kernel.zonelists import NodeLoad, NodeSets
from tests.machines import rows_of

DRAM = Coordinate(10, 10, 10240, 10240)
SLOW = Coordinate(20, 20, 5120, 5120)
FAR = Coordinate(202, 302, 5120, 5120)


def flat(a: int, b: int) -> int:
    return 10 if a == b else 20


def machine(
    rules: LateRules,
    slow: Coordinate = NOT_GIVEN,
    *,
    targets: tuple[int, ...] = (0, 1),
    hidden: frozenset[int] = frozenset(),
) -> LateMachine:
    """Return a machine of two nodes of which the second has no memory yet."""
    numbers = {0: DRAM, 1: slow}
    classes = {
        nid: (AccessClass((0,), numbers[nid]), AccessClass((0,), numbers[nid])) for nid in targets
    }
    nodes = NodeSets((0, 1), frozenset({0}), frozenset({0}))
    return LateMachine(
        rules=rules,
        nodes=nodes,
        online=frozenset({0}),
        populated=frozenset({(0, "Normal")}),
        hmat=HmatNodes(classes=classes, hidden=hidden, named=frozenset(targets)),
        dram=mt_set_default_dram_perf(rules.memory_tiers, {0: DRAM}, hmat_used=None),
        fallback=(),
        load=NodeLoad(1024, rows_of(flat)),
    ).booted()


def with_kmem(before: LateMachine, region: RegionNumbers | None = None) -> LateMachine:
    """Return the same with memory that kmem adds to node 1."""
    return before.with_device(1, region).with_memory(1, "Normal")[0]


def test_memory_that_kmem_adds_is_a_tier_of_its_own() -> None:
    """Without numbers tier 22; the node prints its line alone, then all lists and targets."""
    after, said = machine(late_rules((6, 12))).with_device(1).with_memory(1, "Normal")
    assert after.tiers is not None
    assert after.tiers.tiers == (Tier(4, (0,)), Tier(22, (1,)))
    assert said == [
        FallbackOrder(1, (0,)),
        FallbackOrder(0, (0, 1)),
        FallbackOrder(1, (1, 0)),
        DemotionTargets(0, (1,), (1,)),
        DemotionTargets(1, (), ()),
    ]
    assert after.registered == {0, 1}


def test_numbers_decide_where_they_are_given() -> None:
    """20 ns and 5120 MB/s: tier 18, and 7.2 weighs 21 to 10."""
    after = with_kmem(machine(late_rules((7, 2)), SLOW))
    assert after.tiers is not None
    assert after.tiers.tiers[1] == Tier(18, (1,))
    assert after.weights_shown == {0: 21, 1: 10}


def test_numbers_decide_about_kmem_first() -> None:
    """6.8 computes tier 18 for a device of kmem, and puts a DIMM with these numbers into tier 4."""
    before = machine(late_rules((6, 8)), SLOW)
    assert with_kmem(before).adistances == {0: 576, 1: 2304}
    assert before.with_memory(1, "Normal")[0].adistances == {0: 576, 1: 576}
    assert with_kmem(machine(late_rules((6, 6)), SLOW)).adistances == {0: 576, 1: 2880}


def test_weights_stay_without_new_numbers() -> None:
    """A node that is no target gets 1, and nothing else changes."""
    after = with_kmem(machine(late_rules((7, 2)), targets=(0,)))
    assert after.weights_shown == {0: 1, 1: 1}


def test_weights_stay_when_a_node_leaves() -> None:
    """7.2.13: only new numbers make the kernel work them out again."""
    after, _ = with_kmem(machine(late_rules((7, 2)), SLOW)).without_memory(1, "Normal")
    assert after.weights_shown == {0: 21}


def test_a_type_is_fixed_once() -> None:
    """More memory of another kind on the same node changes nothing."""
    after = with_kmem(machine(late_rules((6, 12))))
    again, said = after.with_memory(1, "Normal")
    assert again.adistances == {0: 576, 1: 2880}
    assert said == []
    more, said = after.with_memory(1, "Movable")
    assert more.adistances == again.adistances
    assert [type(event) for event in said] == [FallbackOrder, FallbackOrder]


def test_a_type_outlives_the_memory() -> None:
    """It goes with the last device of kmem, not when blocks go offline."""
    offline, _ = with_kmem(machine(late_rules((6, 12)))).without_memory(1, "Normal")
    assert offline.with_memory(1, "Normal")[0].adistances[1] == 2880
    assert offline.without_device(1).with_memory(1, "Normal")[0].adistances[1] == 576


def test_memory_that_goes() -> None:
    """6.1 keeps the node in the lists until the next rebuild, 6.12 does not."""
    for release, order in (((6, 1), (0, 1)), ((6, 12), (0,))):
        after, _ = with_kmem(machine(late_rules(release))).without_memory(1, "Normal")
        assert after.fallback[0].order == order
        assert after.tiers is not None
        assert after.tiers.tiers == (Tier(4, (0,)),)


def test_one_zone_of_two_goes() -> None:
    """The node keeps its memory."""
    both, _ = with_kmem(machine(late_rules((6, 12)))).with_memory(1, "Movable")
    after, said = both.without_memory(1, "Movable")
    assert after.nodes.memory == {0, 1}
    assert len(said) == 2


REGION = RegionNumbers(1, FAR, FAR)
NODE_0 = (AccessClass((0,), DRAM), AccessClass((0,), DRAM))


@pytest.mark.parametrize(
    ("release", "shown", "tier", "weights"),
    [
        ((6, 8), None, 22, {}),
        ((6, 10), (AccessClass((), FAR), AccessClass((), FAR)), 22, {}),
        ((6, 12), (AccessClass((), FAR), AccessClass((), FAR)), 226, {}),
        ((7, 2), None, 226, {0: 21, 1: 10}),
    ],
)
def test_a_region_in_a_window_of_its_own(
    release: tuple[int, ...],
    shown: tuple[AccessClass, ...] | None,
    tier: int,
    weights: dict[int, int],
) -> None:
    """6.9 to 6.17 make classes without initiators; later kernels only weigh the node."""
    after = with_kmem(machine(late_rules(release), targets=(0,)), REGION)
    assert after.tiers is not None
    assert after.tiers.tiers[1] == Tier(tier, (1,))
    assert after.shown == ({0: NODE_0} if shown is None else {0: NODE_0, 1: shown})
    assert after.weights_shown == weights


def test_a_region_in_a_node_of_the_srat() -> None:
    """6.12 changes the target before it is shown, with the initiators of the one before it."""
    after = with_kmem(machine(late_rules((6, 12)), SLOW), REGION)
    assert after.shown[1] == (AccessClass((0,), FAR), AccessClass((0,), FAR))
    assert after.adistances[1] == 2304
    after = with_kmem(machine(late_rules((7, 2)), SLOW), REGION)
    assert after.shown[1] == (AccessClass((0,), FAR), AccessClass((0,), FAR))
    assert after.weights_shown == {0: 21, 1: 10}


def test_numbers_of_a_region_reach_a_node_once() -> None:
    """7.2: a second region on the same node changes nothing, even after the first has gone."""
    first = with_kmem(machine(late_rules((7, 2)), targets=(0,)), REGION)
    gone, _ = first.without_device(1).without_memory(1, "Normal")
    fast = RegionNumbers(1, DRAM, DRAM)
    assert with_kmem(gone, fast).weights_shown == {0: 21, 1: 10}


def test_a_generic_port_hides_its_domain() -> None:
    """Its classes are not shown, its tier is computed all the same."""
    after = with_kmem(machine(late_rules((6, 12)), SLOW, hidden=frozenset({1})))
    assert after.shown == {0: NODE_0}
    assert after.adistances[1] == 2304


def test_a_node_that_leaves_loses_its_classes() -> None:
    """They do not come back with it: its target has been registered."""
    there = with_kmem(machine(late_rules((6, 12)), SLOW))
    gone = there.without_memory(1, "Normal")[0].without_device(1).with_node_offline(1)
    assert 1 not in gone.shown
    assert 1 not in with_kmem(gone).shown


def test_kernels_without_tiers() -> None:
    """5.10 prints nothing and has none."""
    after, said = machine(LateRules(memory_tiers=MemoryTierRule.ABSENT)).with_memory(1, "Normal")
    assert (after.tiers, said, after.adistances) == (None, [], {})


def test_silent_changes_come_to_the_same() -> None:
    """Orders are built once, and nothing is printed on the way."""
    begin = machine(late_rules((6, 12)))
    loud = with_kmem(begin).without_memory(1, "Normal")[0].with_memory(1, "Movable")[0]
    quiet = begin.silently().with_device(1)
    quiet, said = quiet.with_memory(1, "Normal")
    assert (said, quiet.fallback) == ([], begin.fallback)
    quiet = quiet.without_memory(1, "Normal")[0].with_memory(1, "Movable")[0].settled()
    assert (quiet.fallback, quiet.tiers, quiet.nodes) == (loud.fallback, loud.tiers, loud.nodes)
    assert begin.silently().settled().fallback == begin.fallback


def test_an_initiator_that_is_not_online_is_not_linked() -> None:
    """Node 1 has no memory yet; what comes later changes no target that is shown."""
    before = machine(late_rules((6, 12)))
    classes = {0: (AccessClass((0, 1), DRAM), AccessClass((0,), DRAM))}
    booted = replace(before, hmat=replace(before.hmat, classes=classes), shown={}).booted()
    assert [one.initiators for one in booted.shown[0]] == [(0,), (0,)]
    assert [one.initiators for one in with_kmem(booted).shown[0]] == [(0,), (0,)]
