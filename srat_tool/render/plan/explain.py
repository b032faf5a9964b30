"""A chain of reasons as a tree."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from srat_tool.plan.explain import Step
from srat_tool.render.paper.console import Paper, fold, sentence, styled
from srat_tool.render.paper.theme import DIM, HEADING, NOTE

SHOWN = 12
"""Links below one link before `--details` is needed."""


def explain_lines(
    root: Step, paper: Paper, *, everything: bool = False, shown: int = SHOWN
) -> list[Text]:
    """Return the tree, one line a link; table offsets come first where there are any.

    Args:
        root: the tree.
        paper: what it is drawn on.
        everything: with every link.
        shown: links below one link, otherwise.
    """
    most = None if everything else shown
    return [*fold(styled(root.text, HEADING), paper, hanging=2), *_below(root, "", paper, most)]


def _below(step: Step, trunk: str, paper: Paper, most: int | None) -> Iterator[Text]:
    glyphs = paper.glyphs
    shown = step.steps if most is None else step.steps[:most]
    hidden = len(step.steps) - len(shown)
    if hidden:
        shown = (*shown, Step(f"... and {hidden} more; --details shows all"))
    for number, below in enumerate(shown):
        last = number + 1 == len(shown)
        yield from _link(below, trunk + (glyphs.last if last else glyphs.branch), trunk, paper)
        deeper = trunk + (" " * len(glyphs.trunk) if last else glyphs.trunk)
        yield from _below(below, deeper, paper, most)


def _link(step: Step, limb: str, trunk: str, paper: Paper) -> Iterator[Text]:
    place = [] if step.offset is None else [(f"SRAT +0x{step.offset:04x}  ", NOTE)]
    words = (step.text, HEADING) if step.steps else step.text
    line = sentence((limb, DIM), *place, words)
    folded = fold(line, paper, hanging=len(limb) + 2)
    yield folded[0]
    # The tree's trunk continues to the left of the further lines of a long link.
    stem = trunk + (paper.glyphs.trunk if limb.endswith(paper.glyphs.branch) else "")
    for more in folded[1:]:
        yield sentence((stem, DIM), more[len(stem) :])
