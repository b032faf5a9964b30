"""Sections of a plan below its picture: nodes, pieces, windows, node-local data, reservations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from srat_tool.base.span import Span
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, digits, runs
from srat_tool.plan.plan import NodePlan, Plan
from srat_tool.render.paper.console import Paper, styled
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import DIM
from srat_tool.render.plan.bars import SIGNS
from srat_tool.render.plan.hot import SHOWN
from srat_tool.render.plan.pieces import ABSENT, NodePieces, PicturePiece

_NODE_HEADS = ("node", "domain", "processors", "ZONE_MOVABLE from")


def node_rows(plan: Plan, width: int, *, everything: bool) -> list[list[str | Text]]:
    """Return a row per node, or per run of nodes that differ in nothing but their numbers.

    Args:
        plan: the answer.
        width: hexadecimal digits of an address.
        everything: a row per node, and the processors of each.
    """
    movable = {start.nid: start.start for start in plan.movable_start}
    groups = [[node] for node in plan.nodes] if everything else _alike(plan.nodes, movable)
    if len(plan.nodes) < 2 and not everything:
        return []
    return [_node_row(group, movable, width) for group in groups]


def node_lines(plan: Plan, paper: Paper, width: int, *, everything: bool) -> list[Text]:
    """Return the table of nodes, at most so many rows unless `everything`."""
    rows = node_rows(plan, width, everything=everything)
    return capped(_NODE_HEADS, rows, paper, everything=everything, right=(0, 1))


def _alike(nodes: Sequence[NodePlan], movable: dict[int, int]) -> list[list[NodePlan]]:
    groups: list[list[NodePlan]] = []
    for node in nodes:
        if groups and _follows(groups[-1][-1], node, movable):
            groups[-1].append(node)
        else:
            groups.append([node])
    return groups


def _follows(last: NodePlan, node: NodePlan, movable: dict[int, int]) -> bool:
    if last.nid + 1 != node.nid or len(last.cpus) != len(node.cpus):
        return False
    if (last.pxm is None) != (node.pxm is None) or _begins(last, movable) is None:
        return False
    return _begins(last, movable) == _begins(node, movable) and _step(last) == _step(node)


def _step(node: NodePlan) -> int:
    return 0 if node.pxm is None else node.pxm - node.nid


def _begins(node: NodePlan, movable: dict[int, int]) -> str | None:
    """Return where ZONE_MOVABLE begins, in words that hold for many nodes; None without any."""
    start = movable.get(node.nid)
    if start is None:
        return "-"
    return "its first byte" if node.ranges and start == node.ranges[0].start else None


def _node_row(group: Sequence[NodePlan], movable: dict[int, int], width: int) -> list[str | Text]:
    first, last = group[0], group[-1]
    start = movable.get(first.nid)
    alone = len(group) == 1
    if alone:
        cpus = f"{len(first.cpus)}: {runs(first.cpus, most=4)}" if first.cpus else "-"
        begins = "-" if start is None else f"0x{start:0{width}x}"
    else:
        cpus = f"{len(first.cpus)} each" if first.cpus else "-"
        begins = _begins(first, movable) or "-"
    return [_numbers(first.nid, last.nid), _numbers(first.pxm, last.pxm), cpus, begins]


def _numbers(first: int | None, last: int | None) -> str:
    if first is None:
        return "-"
    return f"{first}" if first == last else f"{first}-{last}"


def piece_lines(nodes: Sequence[NodePieces], paper: Paper) -> list[Text]:
    """Return the exact addresses of all pieces of the picture; windows have a section elsewhere."""
    named = [
        (node.nid, piece) for node in nodes for piece in node.pieces if piece.zone not in ABSENT
    ]
    width = digits(piece.span for _, piece in named)
    return table((), [_piece_row(nid, piece, width) for nid, piece in named], paper, right=(2,))


def _piece_row(nid: int, piece: PicturePiece, width: int) -> list[str | Text]:
    marks = zip((piece.hot, piece.local), SIGNS.values(), strict=True)
    return [
        f"node{nid}",
        address_range(piece.span, width),
        format_size(piece.span.size),
        piece.zone,
        ", ".join(what for holds, what in marks if holds),
    ]


def hot_add_lines(plan: Plan, paper: Paper, width: int, *, everything: bool) -> list[Text]:
    """Return the ranges that memory can be added to, with the zones that it would join."""
    rows: list[list[str | Text]] = [
        [
            "" if window.nid is None else f"node{window.nid}",
            address_range(Span(window.start, window.end), width),
            format_size(window.end - window.start),
            f"online: {window.online_zone}, online_movable: {window.online_movable_zone}",
            "" if window.aligned else f"not aligned to {format_size(plan.memory_block_bytes)}",
            window.condition,
        ]
        for window in plan.hot_add
    ]
    return capped((), rows, paper, everything=everything, right=(2,))


def local_lines(plan: Plan, paper: Paper, width: int) -> list[Text]:
    """Return a row per node with the data that lives and dies with it."""
    of_node: dict[int, list[str]] = {}
    for data in plan.node_local:
        place = ""
        if data.start is not None and data.end is not None:
            place = f" at {address_range(Span(data.start, data.end), width)}"
        about = "" if data.exact else "about "
        words = f"{data.what} {about}{format_size(data.bytes)}{place}"
        of_node.setdefault(data.nid, []).append(words)
    rows = [[f"node{nid}", ", ".join(words)] for nid, words in of_node.items()]
    return table((), rows, paper)


def reserved_lines(plan: Plan, paper: Paper, width: int) -> list[Text]:
    """Return a row per early reservation."""
    rows: list[list[str | Text]] = [
        [
            "" if region.nid is None else f"node{region.nid}",
            address_range(Span(region.start, region.end), width),
            format_size(region.end - region.start),
            " ".join(region.flags),
            region.what,
        ]
        for region in plan.reserved
    ]
    return table((), rows, paper, right=(2,))


def hidden_sections(plan: Plan) -> list[str]:
    """Return the names of what only `--details` shows."""
    return list(_hidden(plan))


def _hidden(plan: Plan) -> Iterator[str]:
    if plan.hot_events:
        yield "hot-pluggable ranges and nodes of the boot"
    if plan.memory:
        yield "every piece with its addresses"
    if plan.node_local:
        yield "node-local data"
    if plan.reserved:
        yield "early reservations"


def capped(
    heads: Sequence[str],
    rows: Sequence[Sequence[str | Text]],
    paper: Paper,
    *,
    everything: bool,
    right: Sequence[int] = (),
) -> list[Text]:
    """Return a table, and how many rows were left out of it."""
    shown = rows if everything else rows[:SHOWN]
    lines = table(heads, shown, paper, right=right)
    if len(rows) > len(shown):
        lines.append(more(len(rows) - len(shown)))
    return lines


def more(count: int) -> Text:
    """Return the line that replaces rows that were left out."""
    return styled(f"  ... and {count} more; --details shows all", DIM)
