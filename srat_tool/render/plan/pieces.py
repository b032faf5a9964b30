"""A node's memory as the pieces that a picture shows: one zone, one answer to each question."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from srat_tool.base.span import Span, intersect, subtract, union
from srat_tool.plan.plan import Plan, Region, ZonePlan

if TYPE_CHECKING:
    from srat_tool.plan.late_values import Window

HOT_ADD = "hot-add"
CXL = "CXL"
ABSENT = frozenset({HOT_ADD, CXL})
"""Windows without RAM: no zone, and nothing of a node's size."""
NO_ZONE = "RAM"
MOVABLE = "Movable"


class PicturePiece(NamedTuple):
    """A stretch of one node's memory.

    Attributes:
        span: its addresses, in bytes, half-open.
        zone: zone name; `hot-add` for a window without RAM, `RAM` where no zone covers it.
        hot: the SRAT calls it hot-pluggable.
        local: hot-pluggable, yet node-local data is on it.
    """

    span: Span
    zone: str
    hot: bool = False
    local: bool = False


class NodePieces(NamedTuple):
    """One node and its pieces, by address.

    Attributes:
        nid: the node.
        pieces: ascending.
        tier: its memory tier, where there is more than one.
    """

    nid: int
    pieces: tuple[PicturePiece, ...]
    tier: int | None = None

    @property
    def size(self) -> int:
        """Bytes of RAM; windows for hot-add are none."""
        return sum(p.span.size for p in self.pieces if p.zone not in ABSENT)

    @property
    def movable(self) -> int:
        """Bytes of RAM in ZONE_MOVABLE."""
        return sum(p.span.size for p in self.pieces if p.zone == MOVABLE)


def node_pieces(plan: Plan) -> list[NodePieces]:
    """Return every node that has RAM, or a window for it, in ascending order."""
    memory: dict[int, list[Region]] = defaultdict(list)
    for region in plan.memory:
        memory[region.nid or 0].append(region)
    zones: dict[int, list[ZonePlan]] = defaultdict(list)
    for zone in plan.zones:
        zones[zone.nid].append(zone)
    windows: dict[int, list[Span]] = defaultdict(list)
    for window in plan.hot_add:
        if window.nid is not None:
            windows[window.nid].append(Span(window.start, window.end))
    cxl: dict[int, list[Span]] = defaultdict(list)
    for fixed in cxl_windows(plan):
        if fixed.nid is not None:
            cxl[fixed.nid].append(fixed.span)
    marks, tiers = _Marks(plan), _tiers(plan)
    return [
        NodePieces(
            nid,
            _pieces(memory[nid], zones[nid], {CXL: cxl[nid], HOT_ADD: windows[nid]}, marks),
            tiers.get(nid),
        )
        for nid in sorted({*memory, *windows, *cxl})
    ]


def _tiers(plan: Plan) -> dict[int, int]:
    """Return the tier of each node; nothing where all are in one."""
    found = plan.after_zones.tiers if plan.late_inputs else None
    if found is None or len(found.tiers) < 2:
        return {}
    return {nid: tier.number for tier in found.tiers for nid in tier.nids}


def cxl_windows(plan: Plan) -> list[Window]:
    """Return the windows of the CEDT; without one nothing is computed."""
    if "CEDT" not in plan.late_inputs:
        return []
    return [window for window in plan.after_zones.windows if window.source == "cedt"]


class _Marks:
    """What holds for addresses of any node: hot-pluggable, and holding node-local data."""

    def __init__(self, plan: Plan) -> None:
        self.hot = union(Span(r.start, r.end) for r in plan.hotpluggable if r.verdict != "disabled")
        placed = [
            Span(d.start, d.end)
            for d in plan.node_local
            if d.start is not None and d.end is not None
        ]
        placed += [Span(r.start, r.end) for r in plan.reserved if "LOCAL_NODE" in r.flags]
        self.local = intersect(placed, self.hot)


def _pieces(
    memory: Sequence[Region],
    zones: Sequence[ZonePlan],
    windows: Mapping[str, list[Span]],
    marks: _Marks,
) -> tuple[PicturePiece, ...]:
    """Return a node's pieces; of windows what neither RAM nor a window before them covers."""
    pieces = [piece for region in memory for piece in _of_region(region, zones, marks)]
    for kind, spans in windows.items():
        free = subtract(spans, sorted(piece.span for piece in pieces))
        pieces += [PicturePiece(span, kind) for span in free]
    return tuple(_joined(sorted(pieces)))


def _of_region(region: Region, zones: Sequence[ZonePlan], marks: _Marks) -> Iterator[PicturePiece]:
    span = Span(region.start, region.end)
    edges = {span.start, span.end}
    for zone in zones:
        edges.update(zone.span)
    edges.update(edge for hot in _near(marks.hot, span) for edge in hot)
    cuts = sorted(edge for edge in edges if span.start <= edge <= span.end)
    mirrored = "MIRROR" in region.flags
    for part in map(Span, cuts, cuts[1:]):
        hot = any(h.overlaps(part) for h in _near(marks.hot, part))
        local = any(d.overlaps(part) for d in _near(marks.local, part))
        yield PicturePiece(part, _zone_at(part.start, zones, mirrored=mirrored), hot, local)


def _near(spans: Sequence[Span], wanted: Span) -> Sequence[Span]:
    """Return the sorted, disjoint spans that can overlap `wanted`."""
    first = max(0, bisect_right(spans, wanted.start, key=lambda s: s.start) - 1)
    return spans[first : bisect_right(spans, wanted.end, lo=first, key=lambda s: s.start)]


def _zone_at(address: int, zones: Sequence[ZonePlan], *, mirrored: bool) -> str:
    names = [z.name for z in zones if z.span.holds(address)]
    # Only kernelcore=mirror lets zones of a node overlap: mirrored memory stays with the kernel.
    if len(names) > 1:
        names = [name for name in names if (name == MOVABLE) != mirrored]
    return names[0] if names else NO_ZONE


def _joined(pieces: Iterable[PicturePiece]) -> Iterator[PicturePiece]:
    last: PicturePiece | None = None
    for piece in pieces:
        if last and last.span.end == piece.span.start and last[1:3] == piece[1:3]:
            span = Span(last.span.start, piece.span.end)
            last = last._replace(span=span, local=last.local or piece.local)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last
