"""Runs are where their text is."""

from __future__ import annotations

from rich.text import Text

from srat_tool.render.paper.console import sentence
from srat_tool.render.paper.runs import background, color, runs_of


def test_runs_know_their_cells() -> None:
    """Wide characters take two cells; neighbours of one style are one run."""
    line = sentence("界a", ("b", "#ff0000"), ("c", "#ff0000 on #00ff00"))
    (runs,) = runs_of([line.append_text(Text("d", "#ff0000 on #00ff00"))])
    assert [(run.at, run.text) for run in runs] == [(0, "界a"), (3, "b"), (4, "cd")]
    assert [color(run.style) for run in runs] == [None, "#ff0000", "#ff0000"]
    assert [background(run.style) for run in runs] == [None, None, "#00ff00"]


def test_an_empty_line_has_no_runs() -> None:
    """But it is a line."""
    assert next(runs_of([Text(), Text("a")])) == []
