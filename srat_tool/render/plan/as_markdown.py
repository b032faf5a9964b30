"""A plan for a review comment: verdict, picture in a fence, ranges in a table, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from srat_tool.base.span import Span
from srat_tool.base.text import printable
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range
from srat_tool.plan.plan import Plan
from srat_tool.render.look import DEFAULT, FILE_WIDTH, Look
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.plan.facts import ALARMS, facts
from srat_tool.render.plan.hot import SHOWN
from srat_tool.render.plan.pieces import node_pieces
from srat_tool.render.plan.plan import picture_lines
from srat_tool.render.plan.verdict import VerdictSentence, verdict

_MEANINGFUL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def plan_markdown(plan: Plan, look: Look = DEFAULT) -> str:
    """Return the answer in GitHub's Markdown.

    Args:
        plan: the answer.
        look: gives the width of the picture, and whether long lists are whole.
    """
    nodes = node_pieces(plan)
    found = [fact for fact in facts(plan, nodes) if fact.kind not in ALARMS]
    paper = Paper(width=look.width or FILE_WIDTH)
    picture = paint(picture_lines(plan, paper, everything=look.everything), paper)
    first, *others = verdict(plan, nodes)
    parts = [
        f"**{plain(first.text)}**",
        "\n".join(f"- {_sentence(one)}" for one in others),
        fenced(picture),
        *_hot_table(plan, None if look.everything else SHOWN),
        *["\n".join(f"- **{f.kind.value}:** {plain(f.text)}" for f in found)],
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _sentence(one: VerdictSentence) -> str:
    return f"**{one.topic}:** {plain(one.text)}" if one.topic else plain(one.text)


def plain(text: str) -> str:
    """Return text that Markdown shows as it is; an @name in it notifies no user."""
    return _MEANINGFUL.sub(r"\\\1", printable(text)).replace("@", "@<!-- -->")


def fenced(text: str) -> str:
    """Return a code block; the fence is longer than any run of backticks inside."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.rstrip()}\n{fence}"


def _hot_table(plan: Plan, most: int | None) -> Iterator[str]:
    rows = [
        (
            "log" if hot.offset is None else f"`+0x{hot.offset:04x}`",
            str(hot.pxm),
            "-" if hot.nid is None else str(hot.nid),
            f"`{address_range(Span(hot.start, hot.end))}`",
            format_size(hot.end - hot.start),
            f"**{plain(hot.verdict)}**: {plain(hot.because)}",
        )
        for hot in plan.hotpluggable[:most]
    ]
    if rows:
        yield table(("at", "domain", "node", "hot-pluggable range", "size", "verdict"), rows)
    hidden = len(plan.hotpluggable) - len(rows)
    if hidden:
        yield f"... and {hidden} more; `--details` shows all"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table; cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
