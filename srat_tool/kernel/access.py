"""How fast memory is, seen from a node: `struct access_coordinate` and the two access classes.

*Mirrors:* include/linux/node.h, drivers/acpi/numa/hmat.c `hmat_update_target_access`, 6.1 to 7.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from srat_tool.base.units import U32
from srat_tool.tables.hmat import DataType

_NUMBERS: Mapping[int, tuple[str, ...]] = {
    DataType.ACCESS_LATENCY: ("read_latency", "write_latency"),
    DataType.READ_LATENCY: ("read_latency",),
    DataType.WRITE_LATENCY: ("write_latency",),
    DataType.ACCESS_BANDWIDTH: ("read_bandwidth", "write_bandwidth"),
    DataType.READ_BANDWIDTH: ("read_bandwidth",),
    DataType.WRITE_BANDWIDTH: ("write_bandwidth",),
}


def numbers_of(data_type: int) -> tuple[str, ...]:
    """Return which numbers of a coordinate a data type gives; none for a reserved one."""
    return _NUMBERS.get(data_type, ())


class Coordinate(NamedTuple):
    """`struct access_coordinate`: latencies in ns, bandwidths in MB/s; 0 is not given."""

    read_latency: int = 0
    write_latency: int = 0
    read_bandwidth: int = 0
    write_bandwidth: int = 0

    def with_value(self, data_type: int, value: int) -> Coordinate:
        """Return it with the numbers that a data type gives."""
        return self._replace(**dict.fromkeys(numbers_of(data_type), value))

    @property
    def latency(self) -> int:
        """Both latencies, as Linux adds them: in 32 bits."""
        return self.read_latency + self.write_latency & U32

    @property
    def bandwidth(self) -> int:
        """Both bandwidths, in 32 bits."""
        return self.read_bandwidth + self.write_bandwidth & U32

    @property
    def is_complete(self) -> bool:
        """Whether a tier can be computed: some latency and some bandwidth."""
        return self.latency > 0 and self.bandwidth > 0

    @property
    def is_whole(self) -> bool:
        """Whether all four numbers are given, as the way to a CXL device needs them."""
        return all(self)


NOT_GIVEN = Coordinate()


class AccessClass(NamedTuple):
    """One access class of a target (`nodeT/accessC`).

    Attributes:
        initiators: proximity domains of the best initiators, ascending.
        coordinate: their numbers.
    """

    initiators: tuple[int, ...]
    coordinate: Coordinate
