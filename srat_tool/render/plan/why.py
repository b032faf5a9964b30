"""The answer of `srattool why` as text: conclusion, remedy, chain."""

from __future__ import annotations

from rich.text import Text

from srat_tool.plan.why import Why
from srat_tool.render.paper.console import Paper, fold, sentence, styled
from srat_tool.render.paper.theme import DIM, HEADING
from srat_tool.render.plan.explain import SHOWN, explain_lines

_SCREEN = 40
"""Lines of an answer, unless it is shown whole."""


def why_lines(answer: Why, paper: Paper, *, everything: bool = False) -> list[Text]:
    """Return the answer; long lists of links are cut until it fits a screen.

    Args:
        answer: the answer.
        paper: what it is drawn on.
        everything: with every link.
    """
    begin = [
        *fold(styled(answer.conclusion, HEADING), paper, hanging=2),
        *fold(styled(f"Remedy: {answer.remedy}."), paper, hanging=2),
        *(
            line
            for seen in answer.seen
            for line in fold(sentence(("seen in ", DIM), seen), paper, hanging=2)
        ),
        Text(),
    ]
    end = [
        line
        for assumed in answer.assumptions
        for line in fold(sentence(("assumed", DIM), f": {assumed}"), paper, hanging=2)
    ]
    chain = explain_lines(answer.chain, paper, everything=everything)
    shown = SHOWN
    while not everything and shown > 1 and len(begin) + len(chain) + len(end) > _SCREEN:
        shown -= 1
        chain = explain_lines(answer.chain, paper, shown=shown)
    return [*begin, *chain, *end]
