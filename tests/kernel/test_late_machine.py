"""What added memory changes in nodes, lists, tiers and weights."""

from __future__ import annotations

from srat_tool.kernel.access import NOT_GIVEN, AccessClass, Coordinate
from srat_tool.kernel.history_late import late_rules
from srat_tool.kernel.late_events import DemotionTargets, FallbackOrder
from srat_tool.kernel.late_machine import LateMachine
from srat_tool.kernel.late_rules import LateRules, MemoryTierRule
from srat_tool.kernel.memory_tiers import Tier, mt_set_default_dram_perf
from srat_tool.kernel.zonelists import NodeLoad, NodeSets

DRAM = Coordinate(10, 10, 10240, 10240)
SLOW = Coordinate(20, 20, 5120, 5120)


def flat(a: int, b: int) -> int:
    return 10 if a == b else 20


def machine(rules: LateRules, slow: Coordinate = NOT_GIVEN) -> LateMachine:
    """Return a machine of two nodes of which the second has no memory yet."""
    classes = {
        nid: (AccessClass((0,), numbers), AccessClass((0,), numbers))
        for nid, numbers in ((0, DRAM), (1, slow))
    }
    nodes = NodeSets((0, 1), frozenset({0}), frozenset({0}))
    made = LateMachine(
        rules=rules,
        max_nodes=1024,
        distance=flat,
        nodes=nodes,
        online=frozenset({0}),
        at_boot=frozenset({0}),
        populated=frozenset({(0, "Normal")}),
        classes=classes,
        dram=mt_set_default_dram_perf(rules.memory_tiers, {0: DRAM}, hmat_used=None),
        types={},
        weights={0: 1},
        fallback=(),
        load=NodeLoad(1024, flat),
    )
    return made.with_type(0, 576)


def test_memory_that_kmem_adds_is_a_tier_of_its_own() -> None:
    """Without numbers tier 22; the node prints its line alone, then all lists and targets."""
    after, said = machine(late_rules((6, 12))).with_memory(1, "Normal", 2880)
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
    after, _ = machine(late_rules((7, 2)), SLOW).with_memory(1, "Normal", 2880)
    assert after.tiers is not None
    assert after.tiers.tiers[1] == Tier(18, (1,))
    assert after.weights == {0: 21, 1: 10}


def test_weights_stay_without_new_numbers() -> None:
    """A node without numbers gets 1, and nothing else changes."""
    after, _ = machine(late_rules((7, 2))).with_memory(1, "Normal", 2880)
    assert after.weights == {0: 1, 1: 1}


def test_a_type_is_fixed_once() -> None:
    """More memory of another kind on the same node changes nothing."""
    after, _ = machine(late_rules((6, 12))).with_memory(1, "Normal", 2880)
    again, said = after.with_memory(1, "Normal", 576)
    assert again.adistances == {0: 576, 1: 2880}
    assert said == []
    more, said = after.with_memory(1, "Movable")
    assert more.adistances == again.adistances
    assert [type(event) for event in said] == [FallbackOrder, FallbackOrder]


def test_memory_that_goes() -> None:
    """6.1 keeps the node in the lists until the next rebuild, 6.12 does not."""
    for release, order in (((6, 1), (0, 1)), ((6, 12), (0,))):
        before, _ = machine(late_rules(release)).with_memory(1, "Normal", 2880)
        after, _ = before.without_memory(1, "Normal")
        assert after.fallback[0].order == order
        assert after.tiers is not None
        assert after.tiers.tiers == (Tier(4, (0,)),)
        assert 1 not in after.types


def test_one_zone_of_two_goes() -> None:
    """The node keeps its memory."""
    both, _ = machine(late_rules((6, 12))).with_memory(1, "Normal", 2880)
    both, _ = both.with_memory(1, "Movable")
    after, said = both.without_memory(1, "Movable")
    assert after.nodes.memory == {0, 1}
    assert len(said) == 2


def test_numbers_of_a_region() -> None:
    """They stand in for those of the HMAT."""
    given = machine(late_rules((6, 12))).with_classes(
        1, (AccessClass((), SLOW), AccessClass((), SLOW))
    )
    after, _ = given.with_memory(1, "Normal", 2880)
    assert after.adistances[1] == 2304
    assert after.weights == {0: 1}


def test_kernels_without_tiers() -> None:
    """5.10 says nothing and has none."""
    after, said = machine(LateRules(memory_tiers=MemoryTierRule.ABSENT)).with_memory(1, "Normal")
    assert (after.tiers, said, after.adistances) == (None, [], {})
