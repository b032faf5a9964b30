"""The answer of `srattool why` as text: conclusion, remedy, chain."""

from __future__ import annotations

from rich.text import Text

from srat_tool.plan.why import Why
from srat_tool.render.paper.console import Paper, fold, said, sentence
from srat_tool.render.paper.theme import DIM, HEADING
from srat_tool.render.plan.explain import explain_lines


def why_lines(answer: Why, paper: Paper) -> list[Text]:
    """Return the whole answer."""
    return [
        *fold(said(answer.conclusion, HEADING), paper, hanging=2),
        *fold(said(f"Remedy: {answer.remedy}."), paper, hanging=2),
        *(
            line
            for seen in answer.seen
            for line in fold(sentence(("seen in ", DIM), seen), paper, hanging=2)
        ),
        Text(),
        *explain_lines(answer.chain, paper),
        *(
            line
            for assumed in answer.assumptions
            for line in fold(sentence(("assumed", DIM), f": {assumed}"), paper, hanging=2)
        ),
    ]
