"""A plan against access classes, memory tiers and weights of a running kernel."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.compare.tiers import tier_parts
from srat_tool.compare.verified import Verdict
from srat_tool.observe.late_sysfs import SeenAccess, SeenTiers, parse_late_sysfs
from tests.plan.test_after_zones import late

LATE = late()
SEEN = SeenTiers(
    access=(
        SeenAccess(0, 0, (0,), (10, 10, 10240, 10240)),
        SeenAccess(0, 1, (0,), (10, 10, 10240, 10240)),
        SeenAccess(1, 0, (0,), (20, 20, 5120, 5120)),
        SeenAccess(1, 1, (0,), (20, 20, 5120, 5120)),
    ),
    caches={(1, 1): (1 << 30, 64, 0, 0)},
    tiers={4: (0,), 18: (1,)},
    weights={0: 21, 1: 10},
    automatic=True,
)


def verdicts(seen: SeenTiers, *, untouched: bool = False) -> dict[str, Verdict]:
    return {part.name: part.verdict for part in tier_parts(LATE, seen, untouched=untouched)}


def test_equal() -> None:
    """Four parts, each with its own words."""
    assert set(verdicts(SEEN, untouched=True).values()) == {Verdict.EQUAL}
    assert [part.why for part in tier_parts(LATE, SEEN)] == [
        "4 access classes",
        "1 cache",
        "2 tiers",
        "2 nodes",
    ]


def test_each_difference_is_found() -> None:
    """An initiator, a number, a cache that is not there, a tier, a weight."""
    assert SEEN.access is not None
    first = SEEN.access[0]._replace(initiators=(1,))
    wrong = replace(SEEN, access=(first, *SEEN.access[1:]))
    assert verdicts(wrong)["access"] is Verdict.DIFFERENT
    wrong = replace(SEEN, access=())
    assert verdicts(wrong)["access"] is Verdict.DIFFERENT
    assert verdicts(replace(SEEN, caches={}))["memory-side caches"] is Verdict.DIFFERENT
    assert verdicts(replace(SEEN, tiers={4: (0, 1)}))["memory tiers"] is Verdict.DIFFERENT
    wrong = replace(SEEN, weights={0: 2, 1: 1})
    assert verdicts(wrong)["interleave weights"] is Verdict.DIFFERENT


def test_a_node_that_came_later() -> None:
    """It is not compared, and weights prove nothing any more; unless nothing has happened."""
    assert SEEN.tiers is not None
    grown = replace(SEEN, tiers={**SEEN.tiers, 22: (2,)}, weights={0: 1, 1: 1, 2: 1})
    assert verdicts(grown)["memory tiers"] is Verdict.EQUAL
    assert verdicts(grown)["interleave weights"] is Verdict.UNKNOWN
    assert verdicts(grown, untouched=True)["memory tiers"] is Verdict.DIFFERENT


def test_weights_that_somebody_set() -> None:
    """They prove nothing."""
    by_hand = replace(SEEN, automatic=False, weights={0: 1, 1: 7})
    assert verdicts(by_hand)["interleave weights"] is Verdict.UNKNOWN


def test_what_was_not_kept_is_not_mentioned() -> None:
    """Nothing is compared with a folder that was not copied."""
    assert verdicts(SeenTiers()) == {}
    tiers = {"sys/devices/virtual/memory_tiering/memory_tier4/nodelist": "0-1"}
    assert verdicts(parse_late_sysfs(tiers)) == {"memory tiers": Verdict.DIFFERENT}


def test_an_hmat_that_was_not_given() -> None:
    """A difference proves nothing then."""
    unread = replace(LATE, missing=frozenset({"HMAT"}))
    found = {one.name: one.verdict for one in tier_parts(unread, replace(SEEN, tiers={4: (0, 1)}))}
    assert found["memory tiers"] is Verdict.UNKNOWN
    assert found["access"] is Verdict.EQUAL
