"""Numbers of a region: booted on 6.12.117 and 7.2.13 with the values of the first two tests."""

from __future__ import annotations

import pytest

from srat_tool.kernel.access import NOT_GIVEN, Coordinate
from srat_tool.kernel.cxl_region import (
    LONG_FLIT,
    SPEEDS,
    Link,
    RegionMember,
    Ways,
    is_reached,
    region_ways,
)
from srat_tool.kernel.history_late import late_rules
from srat_tool.kernel.late_rules import CxlRules

NEW, OLD = late_rules((6, 12, 117)).cxl, late_rules((7, 2)).cxl
UNSHARED = late_rules((6, 11)).cxl
LINK = Link(32000, 16)
DEVICE = Coordinate(150, 250, 16000, 16000)


def port(latency: int = 50, bandwidth: int = 5120) -> Ways:
    numbers = Coordinate(latency, latency, bandwidth, bandwidth)
    return Ways(numbers, numbers)


def member(bridge: int = 12, latency: int = 50, memory: Coordinate | None = DEVICE) -> RegionMember:
    return RegionMember(bridge, port(latency), LINK, memory)


@pytest.mark.parametrize(
    ("rules", "numbers"),
    [
        (NEW, Coordinate(202, 302, 5120, 5120)),
        (OLD, Coordinate(17200, 17300, 5120, 5120)),
    ],
)
def test_one_device(rules: CxlRules, numbers: Coordinate) -> None:
    """The link adds 2 ns where Linux converts ps, and 17000 of them where it does not."""
    assert region_ways([member()], rules) == (numbers, numbers)
    # Two devices below one host bridge share what it lets through.
    assert region_ways([member(), member()], rules).cpu == numbers


def test_two_host_bridges() -> None:
    """Bandwidths add up, the slower way counts."""
    ways = region_ways([member(), member(32, 65)], OLD)
    assert ways.cpu == Coordinate(17215, 17315, 10240, 10240)


def test_before_bandwidth_was_shared() -> None:
    """6.11 adds up what members have, whatever they share."""
    assert region_ways([member(), member()], UNSHARED).cpu.read_bandwidth == 10240


def test_the_link_limits() -> None:
    """A single lane of 2.5 GT/s: 312 MB/s of bits, 250 MB/s after encoding."""
    slow = member()._replace(link=Link(2500, 1))
    assert region_ways([slow], NEW).cpu.read_bandwidth == 312
    assert region_ways([slow], UNSHARED).cpu.read_bandwidth == 250


def test_booted_links() -> None:
    """16 GT/s x4 on 6.12.117: 209 ns; 64 GT/s x16 with short flits on 7.2.13: 8700."""
    slow = member()._replace(link=Link(16000, 4))
    assert region_ways([slow], NEW).cpu.read_latency == 209
    fast = member()._replace(link=Link(64000, 16))
    assert region_ways([fast], OLD).cpu.read_latency == 8700


def test_members_without_numbers() -> None:
    """They add nothing, and nothing is shared then; a port needs all numbers."""
    ways = region_ways([member(), member(memory=None)], NEW)
    assert ways.cpu == Coordinate(202, 302, 5120, 5120)
    assert region_ways([member(memory=None)], NEW) == (NOT_GIVEN, NOT_GIVEN)
    half = member()._replace(port=Ways(port().local, NOT_GIVEN))
    assert not is_reached(half)


def test_a_bandwidth_that_the_device_does_not_give() -> None:
    """Then the region has none, whatever the port has."""
    ways = region_ways([member(memory=Coordinate(150, 250))], NEW)
    assert ways.cpu == Coordinate(202, 302, 0, 0)


@pytest.mark.parametrize("speed", SPEEDS)
def test_every_speed(speed: int) -> None:
    """Old kernels add the time of one lane in ps; new ones that of the link in whole ns."""
    link = Link(speed, 4)
    assert link.latency(OLD) == 68 * 10**6 // (speed // 8)
    assert link.latency(NEW) == -(-(68 * 10**6 // (speed * 4 // 8)) // 1000)
    assert link.available <= link.bandwidth(NEW)
    assert Link(speed, 0, LONG_FLIT).latency(NEW) == 0
