"""How far nodes are from each other, as the kernel keeps it.

*Mirrors:* drivers/acpi/numa/srat.c `slit_valid` and `acpi_numa_slit_init`, arch/x86/mm/numa.c
`numa_set_distance`, since 3.10.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from srat_tool.base.span import Span, as_run
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.events import DistanceTable, NoDistanceTable
from srat_tool.kernel.profile import NumaDriver
from srat_tool.kernel.table_events import SlitInvalid
from srat_tool.tables.slit import LOCAL_DISTANCE, Slit

REMOTE_DISTANCE = 20
_LOCAL_OR_LESS = bytes(range(LOCAL_DISTANCE + 1))


class Distances:
    """The distance table; without one every other node is 20 away."""

    def __init__(self) -> None:
        self._rows: list[bytearray] = []  # as the kernel has it: a byte a pair
        self.exists = False
        """Whether a table was made, or given up; it is tried once."""
        self._room: tuple[int | None, int] = (None, 0)

    def create(self, boot: Boot, known_nodes: Iterable[int]) -> None:
        """Make room for the nodes known now (`numa_alloc_distance`).

        Linux: with `movable_node` hot-pluggable memory is not allocated, so where every range is
        hot-pluggable there is no room, and all other nodes stay 20 away.
        """
        self.exists = True
        count = self._count(boot, known_nodes)
        if count is None:
            boot.say(NoDistanceTable())
            return
        self._rows = [bytearray((REMOTE_DISTANCE,)) * count for _ in range(count)]
        for row in range(count):
            self._rows[row][row] = LOCAL_DISTANCE
        boot.say(DistanceTable(count))

    def make_room(self, boot: Boot) -> None:
        """Take memory for a table of all nodes, before any is known.

        *Mirrors:* drivers/base/arch_numa.c `numa_alloc_distance`, 4.8 to 6.11.
        """
        nodes = boot.profile.max_nodes
        self._room = boot.memblock.alloc(nodes * nodes, 1 << boot.page_shift), nodes * nodes

    def free(self, boot: Boot) -> None:
        """Give the table's memory back (`numa_reset_distance`, `numa_free_distance`)."""
        place, size = self._room
        if place is not None:
            boot.memblock.phys_free(place, size)
        self._room = None, 0

    def _count(self, boot: Boot, known_nodes: Iterable[int]) -> int | None:
        """Return for how many nodes there is a table; None when there is no room for one."""
        if boot.profile.numa_driver is NumaDriver.DIRECT:
            return boot.profile.max_nodes
        count = max(known_nodes, default=0) + 1
        place = boot.memblock.alloc(count * count, 1 << boot.page_shift)
        self._room = place, count * count
        return None if place is None else count

    @property
    def span(self) -> Span | None:
        """The memory of the table, in bytes; None without any."""
        place, size = self._room
        return None if place is None else Span(place, place + size)

    @property
    def size(self) -> int:
        """Number of nodes in the table; 0 without one (`numa_distance_cnt`)."""
        return len(self._rows)

    def entry(self, index: int) -> int:
        """Return an entry by its place in memory, row after row; 0 past the end."""
        row, column = divmod(index, self.size)
        return self._rows[row][column] if row < self.size else 0

    def set(self, origin: int, target: int, distance: int) -> None:
        """Set one distance, except past the table, of a far self, and of more than a byte."""
        inside = origin < len(self._rows) and target < len(self._rows)
        if inside and 0 <= distance <= 0xFF and (origin != target or distance == LOCAL_DISTANCE):
            self._rows[origin][target] = distance

    def set_row(self, origin: int, targets: Sequence[int], distances: Sequence[int]) -> None:
        """Set the distances from one node to others, as `set` does for each.

        Neighbouring nodes as targets, given as a range, are set at once.
        """
        if isinstance(targets, range) and self._takes_whole(origin, targets, distances):
            self._rows[origin][targets.start : targets.stop] = distances
            return
        for target, distance in zip(targets, distances, strict=True):
            self.set(origin, target, distance)

    def _takes_whole(self, origin: int, targets: range, distances: Sequence[int]) -> bool:
        """Return whether `set` refuses none of these distances."""
        if origin >= self.size or targets.stop > self.size or len(distances) != len(targets):
            return False
        if origin in targets and distances[origin - targets.start] != LOCAL_DISTANCE:
            return False
        if isinstance(distances, bytes):
            return True
        return min(distances, default=0) >= 0 and max(distances, default=0) <= 0xFF

    def among(self, nids: Sequence[int]) -> tuple[tuple[int, ...], ...]:
        """Return `node_distance` of each pair of some nodes, row after row."""
        known = [nid for nid in nids if nid < len(self._rows)]
        if len(known) == len(nids) > 1:
            pick = itemgetter(*nids)
            return tuple(pick(self._rows[nid]) for nid in nids)
        if known:
            return tuple(tuple(self.node_distance(a, b) for b in nids) for a in nids)
        others = (REMOTE_DISTANCE,) * len(nids)
        return tuple((*others[:at], LOCAL_DISTANCE, *others[at + 1 :]) for at in range(len(nids)))

    def distances_from(self, origin: int, targets: Sequence[int]) -> list[int]:
        """Return `node_distance` from one node to each of some."""
        if origin < self.size and max(targets, default=0) < self.size:
            return list(map(self._rows[origin].__getitem__, targets))
        if origin >= self.size:
            return [LOCAL_DISTANCE if target == origin else REMOTE_DISTANCE for target in targets]
        return [self.node_distance(origin, target) for target in targets]

    def node_distance(self, origin: int, target: int) -> int:
        """Return the distance that the kernel uses."""
        if origin < len(self._rows) and target < len(self._rows):
            return self._rows[origin][target]
        return LOCAL_DISTANCE if origin == target else REMOTE_DISTANCE


def slit_valid(slit: Slit) -> bool:
    """Return whether every domain is 10 from itself and more from all others.

    Limit: bytes after a table that is too short count as zero; Linux reads what is there.
    """
    side = slit.localities
    for row in range(side):
        line = slit.entries[row * side : (row + 1) * side]
        if len(line) < side or line[row] != LOCAL_DISTANCE:
            return False
        if len(line.translate(None, _LOCAL_OR_LESS)) != side - 1:
            return False
    return True


def acpi_numa_slit_init(
    boot: Boot,
    distances: Distances,
    slit: Slit,
    nodes: Mapping[int, int],
    known_nodes: Iterable[int],
) -> None:
    """Use a SLIT, or report that it is invalid (`acpi_parse_slit`).

    Args:
        boot: the boot in progress.
        distances: the table to fill.
        slit: the table.
        nodes: node of each proximity domain.
        known_nodes: nodes that have processors, initiators or memory so far.
    """
    if not slit_valid(slit):
        boot.say(SlitInvalid())
        return
    domains = sorted(pxm for pxm in nodes if pxm < slit.localities)
    if domains and not distances.exists:
        distances.create(boot, known_nodes)
    targets = as_run([nodes[domain] for domain in domains])
    columns = as_run(domains)
    for origin in domains:
        at = origin * slit.localities
        row = slit.entries[at : at + slit.localities]
        if isinstance(columns, range):
            distances.set_row(nodes[origin], targets, row[columns.start : columns.stop])
        else:
            distances.set_row(nodes[origin], targets, [row[column] for column in columns])
