"""Events after the boot as text: what each one did, where it went, what it cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from srat_tool.base.span import Span
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, plural
from srat_tool.plan.plan import Plan
from srat_tool.render.paper.console import Paper, fold, styled
from srat_tool.render.paper.theme import DIM, ERROR, HEADING, WARNING

if TYPE_CHECKING:
    from srat_tool.plan.event_values import EventAnswer

_OUT = {
    "yes": "can come out again",
    "while-empty": "can come out again while no kernel page is in it",
    "no": "cannot come out again",
}
_RUNS = 4
_MAX_EVENTS = 8
"""As many fit on one screen with the result of the boot."""


def event_lines(plan: Plan, paper: Paper, *, everything: bool = False) -> list[Text]:
    """Return one block of lines per event; nothing without events.

    Args:
        plan: the answer.
        paper: what it is written on.
        everything: every event.
    """
    lines: list[Text] = []
    shown = plan.hot_events if everything else plan.hot_events[:_MAX_EVENTS]
    for answer in shown:
        lines += fold(_headline(answer), paper, hanging=4)
        for text in _details(answer):
            lines += fold(styled(f"    {text}", DIM), paper, hanging=6)
    rest = plan.hot_events[len(shown) :]
    if rest:
        lines += fold(styled(f"  {_counts(rest)}", DIM), paper, hanging=4)
    if plan.after is not None:
        nodes = ", ".join(map(str, plan.after.nodes_online))
        lines += fold(
            styled(f"  nodes online after all events: {nodes}", HEADING), paper, hanging=4
        )
    return lines


def _counts(answers: Sequence[EventAnswer]) -> str:
    """Return what is left out: how many events, and how they end."""
    kinds = ((True, "accepted"), (False, "refused"), (None, "cannot be known"))
    counts = Counter(answer.accepted for answer in answers)
    ends = ", ".join(f"{counts[kind]} {word}" for kind, word in kinds if counts[kind])
    return f"and {plural(len(answers), 'more event')}: {ends}; --details shows them"


def _headline(answer: EventAnswer) -> Text:
    line = styled(f"  {answer.text}: ", HEADING)
    if answer.accepted is None:
        return line.append_text(styled(f"cannot be known: {answer.why}", WARNING))
    if not answer.accepted:
        words = f"refused, {answer.error}" if answer.error else "refused"
        return line.append_text(styled(f"{words} ({answer.why})", ERROR))
    node = "" if answer.nid is None else f", node {answer.nid}"
    return line.append_text(styled(f"accepted{node} ({answer.why})"))


def _details(answer: EventAnswer) -> Iterator[str]:
    if answer.accepted and answer.error:
        yield f"in part: {answer.error}"
    for run in answer.blocks[:_RUNS]:
        span = Span(run.start, run.end)
        zones = "" if run.state == "gone" else f", {' or '.join(run.valid_zones)}"
        yield f"{address_range(span)}, {format_size(span.size)}: {run.state}{zones}"
    if len(answer.blocks) > _RUNS:
        yield f"and {len(answer.blocks) - _RUNS} more; --format json shows all"
    cost = answer.memmap
    if cost is not None:
        where = "no node has room" if cost.nid is None else f"node {cost.nid}"
        place = f"in the new blocks, {where}" if cost.on_memory else where
        yield f"memory map: {format_size(cost.bytes)} ({place})"
    if answer.accepted and any(run.state != "gone" for run in answer.blocks):
        yield f"{_OUT[answer.removable]} ({answer.because})"
