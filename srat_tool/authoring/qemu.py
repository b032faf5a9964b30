"""The QEMU command line that recreates a topology, as far as QEMU can.

QEMU numbers its nodes 0, 1, 2, ... and lays their memory out in that order, below 4 GiB first; each
thing that a table declares and QEMU cannot is named in a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, assert_never

from srat_tool.authoring.guest import MAX_NODES
from srat_tool.base.architecture import ARCHITECTURES, Architecture, Board
from srat_tool.base.errors import SpecError
from srat_tool.base.span import Span, union
from srat_tool.base.units import GIB, MIB, align_up, exact_size
from srat_tool.kernel.hmat_locality import hmat_normalize
from srat_tool.tables.hmat import DataType, Hmat, LatencyBandwidth, MemoryAttributes
from srat_tool.tables.madt import Madt
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import (
    DeviceEntry,
    Hole,
    MemoryAffinity,
    ProcessorEntry,
    Srat,
    UnknownAffinity,
)

_HMAT_TYPES = {
    DataType.ACCESS_LATENCY: "access-latency",
    DataType.READ_LATENCY: "read-latency",
    DataType.WRITE_LATENCY: "write-latency",
    DataType.ACCESS_BANDWIDTH: "access-bandwidth",
    DataType.READ_BANDWIDTH: "read-bandwidth",
    DataType.WRITE_BANDWIDTH: "write-bandwidth",
}
_CACHE_LEVELS = {0: "memory", 1: "first-level", 2: "second-level", 3: "third-level"}


class Topology(NamedTuple):
    """The tables of one machine that QEMU has options for, with its MADT and architecture."""

    srat: Srat
    slit: Slit | None = None
    hmat: Hmat | None = None
    ram: tuple[Span, ...] | None = None
    madt: Madt | None = None
    arch: str | None = None


class Command(NamedTuple):
    """A command line in groups that belong on one line each, and what it cannot reproduce."""

    groups: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Node:
    domain: int
    cpus: list[int] = field(default_factory=list)
    ranges: list[Span] = field(default_factory=list)
    hot: list[Span] = field(default_factory=list)

    @property
    def size(self) -> int:
        """RAM of the node, in the whole mebibytes that QEMU requires."""
        return align_up(sum(span.size for span in union(self.ranges)), MIB)


def qemu_command(topology: Topology, arch: Architecture = ARCHITECTURES[0]) -> Command:
    """Return the command line that comes closest to the tables.

    Raises:
        SpecError: when there is nothing that QEMU could make.
    """
    notes: list[str] = []
    nodes = _nodes(topology, notes)
    ram = sum(node.size for node in nodes)
    if not ram:
        raise SpecError("no memory in the tables", expected="enabled memory entries with RAM")
    window = sum(span.size for node in nodes for span in node.hot)
    size = (
        exact_size(ram)
        if not window
        else f"{exact_size(ram)},slots=8,maxmem={exact_size(ram + window)}"
    )
    cpus = max(1, sum(len(node.cpus) for node in nodes))
    groups = [
        *_board(arch.board, hmat=topology.hmat is not None),
        ("-m", size),
        ("-smp", f"{cpus},sockets={cpus},cores=1,threads=1"),
        *_node_groups(nodes, _attached(topology.hmat)),
        *_distances(topology.slit, nodes, notes),
        *_localities(topology.hmat, nodes, notes),
    ]
    if window:
        notes.append(
            f"hot-plug window of {exact_size(window)}: add memory with the monitor's object_add "
            "memory-backend-ram and device_add pc-dimm,node=N"
        )
    notes += _layout_notes(topology.srat, nodes)
    return Command(tuple(groups), tuple(notes))


def _board(board: Board, *, hmat: bool) -> Iterator[tuple[str, ...]]:
    machine = board.machine + (",hmat=on" if hmat else "")
    yield (board.program, "-M", machine, "-cpu", board.cpu)
    if board.firmware:
        yield board.firmware


def _nodes(topology: Topology, notes: list[str]) -> list[_Node]:
    """Return the domains in ascending order, processors numbered in table order."""
    found: dict[int, _Node] = {}
    cpu = 0
    unsaid = set()
    for entry in topology.srat.entries:
        if isinstance(entry, UnknownAffinity | Hole) or not entry.enabled:
            continue
        node = found.setdefault(domain := topology.srat.proximity_domain(entry), _Node(domain))
        if isinstance(entry, MemoryAffinity):
            _add_memory(node, entry, topology.ram, notes)
        elif isinstance(entry, DeviceEntry):
            unsaid.add(type(entry).__name__)
        elif isinstance(entry, ProcessorEntry):
            node.cpus.append(cpu)
            cpu += 1
        else:
            assert_never(entry)
    notes += [f"{name} entries have no option here" for name in sorted(unsaid)]
    nodes = [found[domain] for domain in sorted(found)]
    if len(nodes) > MAX_NODES:
        raise SpecError("too many nodes for QEMU", got=len(nodes), expected=f"at most {MAX_NODES}")
    renumbered = [f"{n.domain} is node {i}" for i, n in enumerate(nodes) if n.domain != i]
    if renumbered:
        notes.append(f"domains are numbered without gaps: {', '.join(renumbered)}")
    return nodes


def _add_memory(
    node: _Node, entry: MemoryAffinity, ram: Sequence[Span] | None, notes: list[str]
) -> None:
    span = Span(entry.base_address, entry.base_address + entry.range_length)
    if not span:
        return
    here = [span] if ram is None else [part for one in ram if (part := span.clip(one))]
    node.ranges += here
    if not here:
        node.hot.append(span)
    if entry.hot_pluggable and here:
        text = f"{exact_size(span.start)}+{exact_size(span.size)}"
        notes.append(
            f"{text}: RAM at boot that is hot-pluggable needs a pc-dimm, or srattool override"
        )
    if entry.non_volatile:
        notes.append("non-volatile ranges need an nvdimm device")


def _attached(hmat: Hmat | None) -> dict[int, int]:
    entries = hmat.entries if hmat else ()
    return {
        entry.memory_domain: entry.initiator_domain
        for entry in entries
        if isinstance(entry, MemoryAttributes) and entry.initiator_valid
    }


def _node_groups(nodes: list[_Node], attached: dict[int, int]) -> Iterator[tuple[str, ...]]:
    number = {node.domain: index for index, node in enumerate(nodes)}
    for index, node in enumerate(nodes):
        text = f"node,nodeid={index}"
        text += "".join(
            f",cpus={first}" if first == last else f",cpus={first}-{last}"
            for first, last in _stretches(node.cpus)
        )
        if attached.get(node.domain) in number:
            text += f",initiator={number[attached[node.domain]]}"
        if node.size:
            size = exact_size(node.size)
            yield ("-object", f"memory-backend-ram,id=m{index},size={size},reserve=off")
            text += f",memdev=m{index}"
        yield ("-numa", text)


def _stretches(numbers: list[int]) -> Iterator[tuple[int, int]]:
    first = None
    for at, number in enumerate(numbers):
        first = number if first is None else first
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield first, number
            first = None


def _distances(
    slit: Slit | None, nodes: list[_Node], notes: list[str]
) -> Iterator[tuple[str, ...]]:
    if slit is None:
        return
    for i, origin in enumerate(nodes):
        for j, target in enumerate(nodes):
            value = slit.distance(origin.domain, target.domain)
            if value is None:
                notes.append(f"the SLIT has no distance from {origin.domain} to {target.domain}")
            elif i == j and value != 10:
                notes.append(f"QEMU takes no local distance of {value} (domain {origin.domain})")
            elif i != j and value <= 10:
                notes.append(f"QEMU takes no distance of {value} between two nodes")
            elif i != j:
                yield ("-numa", f"dist,src={i},dst={j},val={value}")


def _localities(
    hmat: Hmat | None, nodes: list[_Node], notes: list[str]
) -> Iterator[tuple[str, ...]]:
    if hmat is None:
        return
    revision = hmat.header.revision
    if revision != 2:
        use = "the figures below are those that Linux reads from it" if revision == 1 else "unused"
        notes.append(f"HMAT of revision {revision}: {use}; QEMU makes a table of revision 2")
    number = {node.domain: index for index, node in enumerate(nodes)}
    for entry in hmat.entries:
        if isinstance(entry, LatencyBandwidth) and entry.data_type in _HMAT_TYPES:
            yield from _locality(entry, revision, number, notes)
        elif entry.type == 2:
            notes.append("memory-side caches: see -numa hmat-cache")


def _locality(
    entry: LatencyBandwidth, revision: int, number: dict[int, int], notes: list[str]
) -> Iterator[tuple[str, ...]]:
    kind = _HMAT_TYPES[DataType(entry.data_type)]
    level = _CACHE_LEVELS.get(entry.hierarchy, "memory")
    for row, initiator in enumerate(entry.initiators):
        for column, target in enumerate(entry.targets):
            raw = entry.entry(row, column) or 0
            value = hmat_normalize(raw, entry.entry_base_unit, entry.data_type, revision)
            if not value or initiator not in number or target not in number:
                notes.append(f"HMAT {kind} from {initiator} to {target} is not given")
                continue
            figure = f"latency={value}" if entry.is_latency else f"bandwidth={value}M"
            pair = f"initiator={number[initiator]},target={number[target]}"
            yield ("-numa", f"hmat-lb,{pair},hierarchy={level},data-type={kind},{figure}")


def _layout_notes(srat: Srat, nodes: list[_Node]) -> Iterator[str]:
    """Report where QEMU's layout of memory differs from the table's."""
    order = [
        srat.proximity_domain(entry)
        for entry in sorted(srat.memory, key=lambda entry: entry.base_address)
        if entry.enabled and entry.range_length
    ]
    if order != sorted(order):
        yield "ranges of different domains take turns; QEMU gives each node one stretch"
    if any(not node.size for node in nodes):
        yield "nodes without memory: QEMU before 5.1 refuses them"
    holes = [
        Span(a.end, b.start)
        for a, b in pairwise(union(span for node in nodes for span in node.ranges))
        if b.start - a.end >= MIB and a.end != 3 * GIB and b.start > 4 * GIB
    ]
    for hole in holes:
        yield f"hole at {exact_size(hole.start)}+{exact_size(hole.size)}: QEMU leaves none there"
