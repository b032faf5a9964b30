"""Numbers of a CXL region: of its members, and of the way to them.

    processor --HMAT--> host bridge --link--> device --CDAT--> memory

*Mirrors:* drivers/cxl/core/port.c `cxl_endpoint_get_perf_coordinates`, drivers/cxl/core/cdat.c
`cxl_region_perf_data_calculate` and `cxl_region_shared_upstream_bandwidth_update`,
drivers/cxl/core/pci.c, drivers/pci/pci.c `pcie_bandwidth_available`, 6.9 to 7.2. Devices hang
directly on root ports: switches are not modelled.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from srat_tool.base.units import U32
from srat_tool.kernel.access import NOT_GIVEN, Coordinate
from srat_tool.kernel.late_rules import CxlRules

_BITS_PER_BYTE = 8
_MEGA = 10**6
_PS_PER_NS = 1000
FLIT, LONG_FLIT = 68, 256
"""Bytes of a flit; 256 bytes where the link reports flit mode (LNKSTA2)."""

# *Mirrors:* `PCIE_SPEED2MBS_ENC`: bits after encoding, of all bits, by speed in Mb/s.
_ENCODING = {
    2500: (8, 10),
    5000: (8, 10),
    8000: (128, 130),
    16000: (128, 130),
    32000: (128, 130),
    64000: (1, 1),
}
SPEEDS = tuple(_ENCODING)
"""Speeds of a link that Linux knows, in Mb/s of a lane."""


class Link(NamedTuple):
    """The link of a device: `speed` in Mb/s of a lane, one of `SPEEDS`; bytes of a flit."""

    speed: int
    width: int
    flit: int = FLIT

    def latency(self, rules: CxlRules) -> int:
        """Return what a kernel adds to latencies in ns, whatever the unit of it is."""
        lanes = self.width if rules.link_latency_in_ns else 1
        bandwidth = self.speed * lanes // _BITS_PER_BYTE
        if bandwidth <= 0:
            return 0
        latency = self.flit * _MEGA // bandwidth
        return -(-latency // _PS_PER_NS) if rules.link_latency_in_ns else latency

    def bandwidth(self, rules: CxlRules) -> int:
        """Return MB/s of the whole link, encoding not counted."""
        if rules.link_latency_in_ns:
            return self.speed * self.width // _BITS_PER_BYTE
        return self.speed // _BITS_PER_BYTE * self.width

    @property
    def available(self) -> int:
        """MB/s after encoding (`pcie_bandwidth_available`)."""
        bits, of = _ENCODING[self.speed]
        return self.width * (self.speed * bits // of) // _BITS_PER_BYTE


class Ways(NamedTuple):
    """Numbers for both access classes: from any initiator, and from processors."""

    local: Coordinate = NOT_GIVEN
    cpu: Coordinate = NOT_GIVEN


class RegionMember(NamedTuple):
    """A device of a region.

    Attributes:
        bridge: _UID of its host bridge.
        port: numbers of that bridge's generic port.
        link: the link of the device.
        memory: numbers of its memory; None when Linux has none, so that it adds nothing.
    """

    bridge: int
    port: Ways
    link: Link
    memory: Coordinate | None


def region_ways(members: Iterable[RegionMember], rules: CxlRules) -> Ways:
    """Return the numbers of a region, for both classes; all 0 when there are none."""
    members = tuple(members)
    counted = [member for member in members if is_reached(member)]
    ways = Ways(*(_class(counted, rules, at) for at in range(2)))
    if not rules.shares_bandwidth or len(counted) < len(members):
        return ways
    return Ways(*(_shared(counted, rules, at, way) for at, way in enumerate(ways)))


def is_reached(member: RegionMember) -> bool:
    """Return whether a member has numbers: its port needs all eight of its own."""
    return member.memory is not None and member.port.local.is_whole and member.port.cpu.is_whole


def _class(members: list[RegionMember], rules: CxlRules, at: int) -> Coordinate:
    """Return one class: the worst latencies, and all bandwidths."""
    found = [_endpoint(member, rules, at) for member in members]
    if not found:
        return NOT_GIVEN
    return Coordinate(
        max(one.read_latency for one in found),
        max(one.write_latency for one in found),
        sum(one.read_bandwidth for one in found) & U32,
        sum(one.write_bandwidth for one in found) & U32,
    )


def _endpoint(member: RegionMember, rules: CxlRules, at: int) -> Coordinate:
    """*Mirrors:* `cxl_endpoint_get_perf_coordinates` and `cxl_port_perf_data_calculate`."""
    way, memory, added = member.port[at], member.memory or NOT_GIVEN, member.link.latency(rules)
    limit = member.link.available
    return Coordinate(
        way.read_latency + added + memory.read_latency & U32,
        way.write_latency + added + memory.write_latency & U32,
        _least(min(way.read_bandwidth, limit), memory.read_bandwidth),
        _least(min(way.write_bandwidth, limit), memory.write_bandwidth),
    )


def _shared(members: list[RegionMember], rules: CxlRules, at: int, way: Coordinate) -> Coordinate:
    """Let members below one host bridge share what it lets through."""
    reads: dict[int, int] = {}
    writes: dict[int, int] = {}
    ports = {member.bridge: member.port[at] for member in members}
    for member in members:
        memory, limit = member.memory or NOT_GIVEN, member.link.bandwidth(rules)
        read, write = _least(limit, memory.read_bandwidth), _least(limit, memory.write_bandwidth)
        reads[member.bridge] = reads.get(member.bridge, 0) + read
        writes[member.bridge] = writes.get(member.bridge, 0) + write
    return way._replace(
        read_bandwidth=sum(min(reads[b], ports[b].read_bandwidth) for b in reads) & U32,
        write_bandwidth=sum(min(writes[b], ports[b].write_bandwidth) for b in writes) & U32,
    )


def _least(one: int, other: int) -> int:
    """Return the smaller of two bandwidths; 0 when one is not given."""
    return min(one, other) if one and other else 0
