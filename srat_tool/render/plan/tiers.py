"""Memory tiers and distances as text: which tier a node is in, why, and where its pages go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, digits, runs
from srat_tool.plan.plan import Plan
from srat_tool.render.paper.console import Paper, fitted, fold, styled
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import DIM, HEADING

if TYPE_CHECKING:
    from srat_tool.kernel.access import Coordinate
    from srat_tool.plan.cxl_values import RegionPlan
    from srat_tool.plan.late_values import AfterZones, SoftReserved

SHOWN = 16
"""Nodes and ranges before `--details` is needed."""
_HEAD = ("tier", "node", "abstract distance", "latency", "bandwidth", "from", "demoted to")


def tier_lines(plan: Plan, paper: Paper, *, everything: bool = False) -> list[Text]:
    """Return the section; nothing of a machine without HMAT, CXL window and soft-reserved memory.

    Args:
        plan: the answer.
        paper: what it is written on.
        everything: leave out no node and no range (`--details`).
    """
    if not plan.late_inputs:
        return []
    late, after = plan.after_zones, plan.after
    most = None if everything else SHOWN
    lines = [
        *_titled("memory tiers and distances:", _machine(late, paper, most)),
        *_titled("memory set apart for a purpose:", _soft(late.soft_reserved, paper, most)),
        *_titled("CXL regions:", [] if after is None else _regions(after.regions, paper)),
        *_titled(
            "memory tiers after all events:",
            [] if after is None else _machine(after.late, paper, most),
        ),
    ]
    return fitted(lines, paper)


def _titled(title: str, lines: Sequence[Text]) -> list[Text]:
    return [Text(), styled(title, HEADING), *lines] if lines else []


def _machine(late: AfterZones, paper: Paper, most: int | None) -> list[Text]:
    if late.tiers is None:
        return []
    rows = list(_node_rows(late))
    lines = _capped(_HEAD, rows, most, paper, right=(0, 1, 2, 3, 4))
    for sentence in _sentences(late, most):
        lines += fold(styled(f"  {sentence}", DIM), paper, hanging=4)
    return lines


def _node_rows(late: AfterZones) -> Iterator[Sequence[str]]:
    """Yield a row per node with memory, fastest tier first."""
    if late.tiers is None:
        return
    shown = {one.nid: one for one in late.access if one.access_class == 1}
    demotion = {one.nid: one for one in late.tiers.demotion}
    for tier in late.tiers.tiers:
        for nid in tier.nids:
            access, target = shown.get(nid), demotion[nid]
            yield (
                str(tier.number),
                str(nid),
                str(late.adistances[nid]),
                "-" if access is None else _latency(access.coordinate),
                "-" if access is None else _bandwidth(access.coordinate),
                "-" if access is None else _nodes(access.initiators),
                _demoted(target.preferred, target.fallback),
            )


def _demoted(preferred: tuple[int, ...], fallback: tuple[int, ...]) -> str:
    if not preferred:
        return "nowhere"
    others = sorted(set(fallback) - set(preferred))
    return _nodes(preferred) + (f", else {_nodes(others)}" if others else "")


def _nodes(nids: Sequence[int]) -> str:
    return f"node {runs(nids, most=4)}" if nids else "-"


def _latency(numbers: Coordinate) -> str:
    return _pair(numbers.read_latency, numbers.write_latency, "ns")


def _bandwidth(numbers: Coordinate) -> str:
    return _pair(numbers.read_bandwidth, numbers.write_bandwidth, "MB/s")


def _pair(read: int, write: int, unit: str) -> str:
    """Return one number, or read/write where they differ; `-` for one that is not given."""
    words = [str(one) if one else "-" for one in dict.fromkeys((read, write))]
    return "-" if words == ["-"] else f"{'/'.join(words)} {unit}"


def _sentences(late: AfterZones, most: int | None) -> Iterator[str]:
    yield f"tiers: {late.dram.why}"
    if "access" in late.why:
        yield f"HMAT: not used, {late.why['access']}"
    if late.tiers is not None and len(late.tiers.tiers) > 1:
        yield f"nothing is promoted out of {_nodes(late.tiers.top)}"
    if len(set(late.weights.values())) > 1:
        weights = (f"node {nid}: {weight}" for nid, weight in late.weights.items())
        yield f"weights of interleaving: {', '.join(weights)}"
    shown = "fallback_order" not in late.why
    shown = shown and (most is None or len(late.fallback_order) <= most)
    orders = late.fallback_order if shown else ()
    if len(orders) > 1:
        lists = (f"{one.nid}: {' '.join(map(str, one.order)) or '-'}" for one in orders)
        yield f"order of nodes to allocate from: {'; '.join(lists)}"


def _soft(pieces: Sequence[SoftReserved], paper: Paper, most: int | None) -> list[Text]:
    width = digits(piece.span for piece in pieces)
    rows = [
        (
            "" if piece.nid is None else f"node{piece.nid}",
            address_range(piece.span, width),
            format_size(piece.span.size),
            _owner(piece),
            f"{format_size(piece.usable_bytes)} usable",
            piece.why,
        )
        for piece in pieces
    ]
    return _capped((), rows, most, paper, right=(2,))


def _owner(piece: SoftReserved) -> str:
    if piece.mode is None:
        return piece.owner
    zone = "" if piece.mode != "system-ram" else f", {piece.zone or 'offline'}"
    return f"{piece.owner}: {piece.mode}{zone}"


def _regions(regions: Sequence[RegionPlan], paper: Paper) -> list[Text]:
    lines: list[Text] = []
    for region in regions:
        numbers = region.ways.cpu
        given = f"{_latency(numbers)}, {_bandwidth(numbers)}" if any(numbers) else "no numbers"
        node = "no node" if region.nid is None else f"node {region.nid}"
        words = f"  {region.id}: {address_range(region.span)}, {node}, {given} ({region.why})"
        lines += fold(styled(words), paper, hanging=4)
    return lines


def _capped(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    most: int | None,
    paper: Paper,
    right: Sequence[int],
) -> list[Text]:
    hidden = 0 if most is None else max(0, len(rows) - most)
    lines = table(heads, rows[: len(rows) - hidden], paper, right=right)
    if hidden:
        lines.append(styled(f"  ... and {hidden} more; --details shows all", DIM))
    return lines
