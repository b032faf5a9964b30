"""The walk through the series as text."""

from __future__ import annotations

from srat_tool.plan.series2013.section import Section, SeriesWalk
from srat_tool.plan.series2013.walk import walk_series
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.plan.series_walk import walk_lines
from tests.plan.series import series_machine

PAPER = Paper(width=80)


def test_headings_sentences_quotations_and_rows() -> None:
    """Numbers in the heading, sentences folded, lines of a kernel between bars, columns aligned."""
    walk = SeriesWalk(
        (
            Section((4, 5), "clean-up", ("a " * 60 + "b.",), ("node", "size"), (("node 0", "2G"),)),
            Section((2,), "lines", verbatim=("SRAT: Node 0 PXM 0 [mem 0x0-0x1] ",)),
            Section((), "end"),
        )
    )
    lines = paint(walk_lines(walk, PAPER), PAPER).splitlines()
    assert lines[0] == "patches 4 and 5: clean-up"
    assert all(len(line) <= 80 for line in lines)
    assert "    node    size" in lines
    assert "    |SRAT: Node 0 PXM 0 [mem 0x0-0x1] |" in lines
    assert lines[-1] == "end"


def test_every_patch_is_in_the_text() -> None:
    """Each of the thirteen has a heading."""
    text = paint(walk_lines(walk_series(series_machine()), PAPER), PAPER)
    for number in range(1, 14):
        assert any(
            line.startswith(("patch ", "patches "))
            and str(number) in line.partition(":")[0].split()
            for line in text.splitlines()
        ), number
