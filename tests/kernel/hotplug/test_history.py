"""Which release can do what."""

from __future__ import annotations

from itertools import pairwise

import pytest

from srat_tool.kernel.hotplug.history import HOTPLUG_HISTORY, hotplug_rules
from srat_tool.kernel.hotplug.rules import MemmapRule, ZoneRule


def test_rows_ascend_and_have_a_source() -> None:
    """No row repeats the one before it."""
    releases = [row.since for row in HOTPLUG_HISTORY]
    assert releases == sorted(set(releases))
    assert all(row.source for row in HOTPLUG_HISTORY)
    rules = [row.rules for row in HOTPLUG_HISTORY]
    assert all(before != after for before, after in pairwise(rules))


@pytest.mark.parametrize(
    ("release", "zones", "memmap", "default"),
    [
        ((3, 10), ZoneRule.SHIFT, MemmapRule.ABSENT, "offline"),
        ((5, 10), ZoneRule.FREE, MemmapRule.ABSENT, "offline"),
        ((6, 1), ZoneRule.FREE, MemmapRule.ONE_BLOCK, "offline"),
        ((6, 12, 67), ZoneRule.FREE, MemmapRule.PER_BLOCK, "online"),
    ],
)
def test_a_release_has_the_rules_of_the_last_row_before_it(
    release: tuple[int, ...], zones: ZoneRule, memmap: MemmapRule, default: str
) -> None:
    """Point releases too."""
    rules = hotplug_rules(release)
    assert (rules.zones, rules.memmap, rules.default_type) == (zones, memmap, default)
