"""The formats that show lines."""

from __future__ import annotations

import pytest

from srat_tool.render.drawn import DRAWN
from srat_tool.render.look import Look
from srat_tool.render.paper.console import Paper, styled


@pytest.mark.parametrize(
    ("form", "begin"),
    [
        ("text", "100 "),
        ("svg", "<svg "),
        ("html", "<!DOCTYPE"),
        ("markdown", "```text\n100 "),
    ],
)
def test_each_is_whole(form: str, begin: str) -> None:
    """100 columns wide where no width is asked for; only documents have colours."""
    text = DRAWN[form](lambda paper: [styled(f"{paper.width} {paper.color}")], Look())
    assert text.startswith(begin)
    assert ("truecolor" in text) == (form in {"svg", "html"})


@pytest.mark.parametrize("form", list(DRAWN))
def test_width_reaches_the_lines(form: str) -> None:
    """Of every format."""
    seen: list[Paper] = []

    def lines(paper: Paper) -> list[object]:
        seen.append(paper)
        return []

    DRAWN[form](lines, Look(width=77))  # type: ignore[arg-type]
    assert {paper.width for paper in seen} == {77}
