"""Pages of `cma=` count as movable for the auto-movable policy."""

from __future__ import annotations

from tests.hotplug import running


def test_one_area_per_node_and_one_for_all() -> None:
    """The one for all is above 4 GiB."""
    state = running("nokaslr cma=256M", "7.2")
    sums = {nid: sum(zone.cma for zone in state.zones_of(nid)) for nid in (0, 1)}
    assert sums == {0: 2 * 65536, 1: 65536}


def test_earlier_kernels_of_distributions_have_none() -> None:
    """The option has no effect there."""
    state = running("nokaslr cma=256M", "6.12")
    assert not any(zone.cma for zone in state.zones.values())
