"""A `Plan` as text: the picture, exact addresses, a verdict per hot-pluggable range, remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from srat_tool.base.span import Span
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, digits, joined, plural, runs
from srat_tool.plan.plan import Plan
from srat_tool.plan.removability import node_removals, verdict_line
from srat_tool.render.paper.console import Paper, fitted, fold, grid, said, sentence
from srat_tool.render.paper.theme import DIM, ERROR, HEADING, NOTE, WARNING
from srat_tool.render.plan.bars import SIGNS
from srat_tool.render.plan.events import event_lines
from srat_tool.render.plan.facts import Fact, FactKind, facts, headline
from srat_tool.render.plan.hot import SHOWN, hot_lines
from srat_tool.render.plan.picture import SHARED_AXIS_UP_TO, draw
from srat_tool.render.plan.pieces import HOT_ADD, PicturePiece, node_pieces

_KINDS = {
    FactKind.CRASH: ERROR,
    FactKind.REJECTED: ERROR,
    FactKind.WARNING: WARNING,
    FactKind.IGNORED: WARNING,
    FactKind.KERNEL: NOTE,
    FactKind.NOTE: NOTE,
}


def plan_lines(plan: Plan, paper: Paper, *, everything: bool = False) -> list[Text]:
    """Return the whole answer.

    Args:
        plan: the answer.
        paper: what it is written on.
        everything: leave out no range, however many there are (`--ranges`).
    """
    nodes = node_pieces(plan)
    found = facts(plan, nodes)
    urgent = [fact for fact in found if fact.kind in {FactKind.CRASH, FactKind.REJECTED}]
    return [
        *fold(said(headline(plan, nodes), HEADING), paper, hanging=2),
        *_removable(plan, paper),
        *_fact_lines(urgent, paper),
        Text(),
        *picture_lines(plan, paper, everything=everything),
        *fitted(_below_the_picture(plan, paper, everything=everything), paper),
        *_titled("", _fact_lines([f for f in found if f not in urgent], paper)),
    ]


def _below_the_picture(plan: Plan, paper: Paper, *, everything: bool) -> list[Text]:
    most = None if everything else SHOWN
    width = digits([*_spans(plan)])
    return [
        *_node_lines(plan, width, everything=everything),
        *_titled(
            "hot-pluggable ranges of the SRAT:",
            hot_lines(plan.hotpluggable, width, paper, everything=everything),
        ),
        *_hot_add_lines(plan, width, most),
        *_titled("events after the boot:", event_lines(plan, paper)),
        *_local_lines(plan, width, everything=everything),
        *_reserved_lines(plan, width, everything=everything),
    ]


def _removable(plan: Plan, paper: Paper) -> list[Text]:
    """Return the line about nodes that can lose all their memory."""
    line = verdict_line(node_removals(plan))
    return fold(said(line), paper, hanging=2) if line else []


def picture_lines(plan: Plan, paper: Paper, *, everything: bool = False) -> list[Text]:
    """Return the picture, the nodes without memory, and the pieces too small for a label."""
    nodes = node_pieces(plan)
    picture = draw(nodes, paper, everything=everything)
    named = [(n.nid, p) for n in nodes for p in n.pieces] if everything else picture.unnamed
    # Windows without RAM have a separate list.
    named = [(nid, piece) for nid, piece in named if piece.zone != HOT_ADD]
    title = "all pieces:" if everything else "too narrow for name and size:"
    return [
        *picture.lines,
        *_memoryless(plan, paper),
        *fitted(_titled(title, _piece_lines(named, None if everything else SHOWN)), paper),
    ]


def _spans(plan: Plan) -> Iterator[Span]:
    for group in (plan.memory, plan.hotpluggable, plan.hot_add):
        yield from (Span(item.start, item.end) for item in group)


def _titled(title: str, lines: Sequence[Text]) -> list[Text]:
    """Return a block with a blank line and its title above it; nothing where there are no lines."""
    return [Text(), *([said(title, HEADING)] if title else []), *lines] if lines else []


def _capped(
    rows: Sequence[Sequence[str | Text]], most: int | None, right: Sequence[int] = ()
) -> list[Text]:
    hidden = 0 if most is None else max(0, len(rows) - most)
    lines = [Text("  ").append_text(line) for line in grid(rows[:most], right=right)]
    if hidden:
        lines.append(_more(hidden))
    return lines


def _memoryless(plan: Plan, paper: Paper) -> list[Text]:
    empty = [node.nid for node in plan.nodes if node.memoryless]
    if not empty:
        return []
    what = f"{plural(len(empty), 'node')} without memory: {runs(empty)}"
    return fold(said(what, DIM), paper, hanging=2)


def _piece_lines(named: Sequence[tuple[int, PicturePiece]], most: int | None) -> list[Text]:
    width = digits(piece.span for _, piece in named)
    rows: list[list[str | Text]] = [
        [
            f"node{nid}",
            address_range(piece.span, width),
            format_size(piece.span.size),
            piece.zone,
            _marks(piece),
        ]
        for nid, piece in named
    ]
    return _capped(rows, most, right=[2])


def _marks(piece: PicturePiece) -> str:
    claims = zip((piece.hot, piece.local), SIGNS.values(), strict=True)
    return ", ".join(what for holds, what in claims if holds)


def _node_lines(plan: Plan, width: int, *, everything: bool) -> list[Text]:
    if not (everything or 1 < len(plan.nodes) <= SHARED_AXIS_UP_TO):
        return []
    movable = {start.nid: start.start for start in plan.movable_start}
    rows: list[list[str | Text]] = [["node", "domain", "processors", "ZONE_MOVABLE from"]]
    for node in plan.nodes:
        start = movable.get(node.nid)
        rows.append(
            [
                str(node.nid),
                "-" if node.pxm is None else str(node.pxm),
                f"{len(node.cpus)}: {runs(node.cpus, most=4)}" if node.cpus else "-",
                "-" if start is None else f"0x{start:0{width}x}",
            ]
        )
    return _titled("nodes:", _capped(rows, None, right=[0, 1]))


def _more(count: int) -> Text:
    return said(f"  ... and {count} more; --ranges shows all", DIM)


def _hot_add_lines(plan: Plan, width: int, most: int | None) -> list[Text]:
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
    return _titled("windows for memory that is added later:", _capped(rows, most, right=[2]))


def _local_lines(plan: Plan, width: int, *, everything: bool) -> list[Text]:
    """Return one line per node; of many nodes one per kind of data, with its sum."""
    if len(plan.nodes) > SHARED_AXIS_UP_TO and not everything:
        return _titled("node-local data:", _local_sums(plan))
    of_node: dict[int, list[str]] = {}
    for data in plan.node_local:
        place = ""
        if data.start is not None and data.end is not None:
            place = f" at {address_range(Span(data.start, data.end), width)}"
        words = f"{data.what} {_about(data.bytes, exact=data.exact)}{place}"
        of_node.setdefault(data.nid, []).append(words)
    rows = [[f"node{nid}", ", ".join(words)] for nid, words in of_node.items()]
    return _titled("node-local data:", _capped(rows, None))


def _local_sums(plan: Plan) -> list[Text]:
    sums: dict[str, int] = {}
    exact: dict[str, bool] = {}
    for data in plan.node_local:
        sums[data.what] = sums.get(data.what, 0) + data.bytes
        exact[data.what] = exact.get(data.what, True) and data.exact
    words = [f"{what} {_about(size, exact=exact[what])}" for what, size in sums.items()]
    return [said(f"  in all {joined(words)}; --ranges shows the places")] if words else []


def _about(size: int, *, exact: bool) -> str:
    return ("" if exact else "about ") + format_size(size)


def _reserved_lines(plan: Plan, width: int, *, everything: bool) -> list[Text]:
    if not everything:
        return []
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
    return _titled("reserved early:", _capped(rows, None, right=[2]))


def _fact_lines(found: Sequence[Fact], paper: Paper) -> list[Text]:
    return [
        line
        for fact in found
        for line in fold(
            sentence((f"{fact.kind.value}:", _KINDS.get(fact.kind, DIM)), f" {fact.text}"),
            paper,
            hanging=2,
        )
    ]
