"""A `Plan` as text: the verdict, the picture, then sections in descending importance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from srat_tool.base.span import Span
from srat_tool.base.words import digits, joined, plural, runs
from srat_tool.plan.plan import Plan
from srat_tool.render.paper.console import Paper, fold, sentence, styled
from srat_tool.render.paper.theme import DIM, ERROR, HEADING, NOTE, WARNING
from srat_tool.render.plan.details import (
    hidden_sections,
    hot_add_lines,
    local_lines,
    node_lines,
    piece_lines,
    reserved_lines,
)
from srat_tool.render.plan.events import event_lines
from srat_tool.render.plan.facts import ALARMS, Fact, FactKind, facts
from srat_tool.render.plan.hot import hot_lines
from srat_tool.render.plan.picture import draw
from srat_tool.render.plan.pieces import NodePieces, node_pieces
from srat_tool.render.plan.tiers import tier_lines
from srat_tool.render.plan.verdict import verdict_lines

_KINDS = {
    FactKind.CRASH: ERROR,
    FactKind.REJECTED: ERROR,
    FactKind.WARNING: WARNING,
    FactKind.IGNORED: WARNING,
    FactKind.KERNEL: NOTE,
    FactKind.NOTE: NOTE,
}
_FIRST = frozenset({FactKind.WARNING, FactKind.IGNORED})
"""What is wrong is above the lists; reasons and assumptions are below them."""


def plan_lines(plan: Plan, paper: Paper, *, everything: bool = False) -> list[Text]:
    """Return the whole answer.

    Args:
        plan: the answer.
        paper: what it is written on.
        everything: every section, and every range on a line (`--details`).
    """
    nodes = node_pieces(plan)
    found = [fact for fact in facts(plan, nodes) if fact.kind not in ALARMS]
    events = _titled("events after the boot:", event_lines(plan, paper, everything=everything))
    return [
        *([*events[1:], Text()] if events else []),
        *verdict_lines(plan, nodes, paper),
        Text(),
        *picture_lines(plan, paper, everything=everything),
        *_titled("", _fact_lines([f for f in found if f.kind in _FIRST], paper)),
        *_sections(plan, nodes, paper, everything=everything),
        *_titled("", _fact_lines([f for f in found if f.kind not in _FIRST], paper)),
        *([] if everything else _hint(plan, paper)),
    ]


def _sections(plan: Plan, nodes: list[NodePieces], paper: Paper, *, everything: bool) -> list[Text]:
    """Return the sections: the first ones answer questions, those of `--details` are lists.

    With events given, their answers come first, followed by the result of the boot alone.
    """
    if plan.hot_events and not everything:
        return tier_lines(plan, paper, everything=everything)
    width = digits([*_spans(plan)])
    ranges = hot_lines(plan.hotpluggable, width, paper, everything=everything)
    windows = hot_add_lines(plan, paper, width, everything=everything)
    lines = [
        *_titled("hot-pluggable ranges of the SRAT:", ranges),
        *_titled("windows for memory that is added later:", windows),
        *tier_lines(plan, paper, everything=everything),
        *_titled("nodes:", node_lines(plan, paper, width, everything=everything)),
    ]
    if everything:
        lines += [
            *_titled("all pieces:", piece_lines(nodes, paper)),
            *_titled("node-local data:", local_lines(plan, paper, width)),
            *_titled("reserved early:", reserved_lines(plan, paper, width)),
        ]
    return lines


def _hint(plan: Plan, paper: Paper) -> list[Text]:
    hidden = hidden_sections(plan)
    return fold(styled(f"--details adds {joined(hidden)}", DIM), paper, hanging=2) if hidden else []


def picture_lines(plan: Plan, paper: Paper, *, everything: bool = False) -> list[Text]:
    """Return the picture, and the nodes without memory."""
    picture = draw(node_pieces(plan), paper, everything=everything)
    return [*picture.lines, *_memoryless(plan, paper)]


def _spans(plan: Plan) -> Iterator[Span]:
    for group in (plan.memory, plan.hotpluggable, plan.hot_add):
        yield from (Span(item.start, item.end) for item in group)


def _titled(title: str, lines: Sequence[Text]) -> list[Text]:
    """Return a block with a blank line and its title above it; nothing where there are no lines."""
    return [Text(), *([styled(title, HEADING)] if title else []), *lines] if lines else []


def _memoryless(plan: Plan, paper: Paper) -> list[Text]:
    empty = [node.nid for node in plan.nodes if node.memoryless]
    if not empty:
        return []
    what = f"{plural(len(empty), 'node')} without memory: {runs(empty)}"
    return fold(styled(what, DIM), paper, hanging=2)


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
