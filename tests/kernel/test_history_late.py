"""The history after the zones: booted kernels, and strings of their images."""

from __future__ import annotations

import pytest

from srat_tool.kernel.history_late import LATE_HISTORY, late_rules, late_rules_for
from srat_tool.kernel.late_rules import MemoryTierRule
from srat_tool.kernel.profiles import profile_for


def test_rows_are_in_order() -> None:
    """Oldest first, no release twice."""
    since = [row.since for row in LATE_HISTORY]
    assert since == sorted(set(since))


@pytest.mark.parametrize(
    ("release", "fallback", "tiers", "numbers", "weights"),
    [
        ("5.10.0-46-amd64", False, MemoryTierRule.ABSENT, True, False),
        ("6.1.0-56-amd64", True, MemoryTierRule.FIXED, True, False),
        ("6.6.116", True, MemoryTierRule.FIXED, True, False),
        ("6.6.117", True, MemoryTierRule.COMPARED, True, False),
        ("6.8.0", True, MemoryTierRule.KMEM, True, False),
        ("6.10.3", True, MemoryTierRule.HMAT, True, False),
        ("6.12.107+deb13-amd64", True, MemoryTierRule.HMAT, True, False),
        ("6.16.12+deb13-amd64", True, MemoryTierRule.HMAT, False, True),
        ("7.2.13+deb14-amd64", True, MemoryTierRule.HMAT, False, True),
    ],
)
def test_kernels_that_were_looked_at(
    release: str, fallback: bool, tiers: MemoryTierRule, numbers: bool, weights: bool
) -> None:
    """What each prints and computes."""
    rules = late_rules_for(profile_for(release), release)
    assert rules.prints_fallback_order is fallback
    assert rules.memory_tiers is tiers
    assert rules.prints_hmat_numbers is numbers
    assert rules.interleave_weights is weights


def test_a_release_without_a_point_stands_for_its_newest() -> None:
    """(6, 7) has what 6.7.1 has; no release at all is that of the profile."""
    assert late_rules((6, 7)) == late_rules((6, 7, 12))
    newest = profile_for(None)
    assert late_rules_for(newest, None) == LATE_HISTORY[-1].rules


@pytest.mark.parametrize(
    ("release", "named", "wide"),
    [
        ((6, 11, 9), False, False),
        ((6, 12, 42), True, False),
        ((6, 12, 43), True, True),
        ((6, 13), True, False),
        ((6, 16, 1), True, False),
        ((6, 16, 12), True, True),
        ((7, 2), True, True),
    ],
)
def test_fixes_that_point_releases_have(
    release: tuple[int, ...], *, named: bool, wide: bool
) -> None:
    """Where numbers of DRAM nodes are from is named, and products have 64 bits."""
    rules = late_rules(release)
    assert (rules.names_mismatch_source, rules.adistance_in_64_bits) == (named, wide)
