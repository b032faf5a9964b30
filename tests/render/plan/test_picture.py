"""Whole pictures: widths kept, nodes joined, nothing hidden without a word."""

from __future__ import annotations

import re

import pytest

import srat_tool
from srat_tool.api.machine import load
from srat_tool.api.options import PlanOptions
from srat_tool.api.planning import plan as planned
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, PIB
from srat_tool.render.paper.console import Paper
from srat_tool.render.plan.picture import draw
from srat_tool.render.plan.pieces import node_pieces
from tests.render.samples import SAMPLES, Node, big, plan_of


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", [60, 80, 120, 250])
@pytest.mark.parametrize("color", [None, "truecolor"])
def test_no_line_is_wider_than_the_paper(name: str, width: int, color: None) -> None:
    """From 60 to 250 columns, in colour and without."""
    picture = draw(node_pieces(SAMPLES[name]()), Paper(width=width, color=color))
    assert max(len(line.plain.rstrip()) for line in picture.lines) <= width


def test_up_to_eight_nodes_share_an_axis() -> None:
    """A ruler above, one row a node; from nine on each has its own scale."""
    nodes = [Node(Span(n * GIB, (n + 1) * GIB)) for n in range(9)]
    shared = draw(node_pieces(plan_of(*nodes[:8])), Paper(unicode=False)).lines
    assert shared[1].plain.strip().startswith("|")
    own = draw(node_pieces(plan_of(*nodes)), Paper(unicode=False)).lines
    assert own[0].plain.startswith("node ")
    assert "first" in own[0].plain


def test_equal_neighbours_are_joined() -> None:
    """Their size is shown once, times their number; their pieces are all listed if unnamed."""
    lines = draw(node_pieces(big()), Paper(width=100)).lines
    assert any("node16-19" in line.plain and "4 x 64G" in line.plain for line in lines)


def test_all_unnamed_pieces_of_joined_nodes_are_told() -> None:
    """A joined bar represents every one of its nodes in the list below, too."""
    low = [Span(n * 64 * GIB, n * 64 * GIB + MIB) for n in range(12)]
    nodes = [Node(span, Span(span.end + 4096, span.start + 60 * GIB + 400 * MIB)) for span in low]
    picture = draw(node_pieces(plan_of(*nodes[1:])), Paper(width=60))
    assert {nid for nid, _ in picture.unnamed} == set(range(11))


def test_a_thousand_different_nodes() -> None:
    """1,024 nodes: 64 bars and a line about the rest, or all when asked for."""
    spans = [Span(n * 64 * GIB, n * 64 * GIB + (n + 1) * MIB) for n in range(1024)]
    nodes = node_pieces(plan_of(*map(Node, spans)))
    picture = draw(nodes, Paper())
    assert picture.hidden == 1024 - 64
    assert any("960 nodes more" in line.plain for line in picture.lines)
    assert draw(nodes, Paper(), everything=True).hidden == 0


@pytest.mark.parametrize("size", [MIB, 3 * PIB])
def test_smallest_and_largest_machines(size: int) -> None:
    """A megabyte and three petabytes both get a picture."""
    picture = draw(node_pieces(plan_of(Node(Span(0, size)))), Paper(width=60))
    assert any(line.plain.startswith("node0") for line in picture.lines)


def test_no_memory_no_picture() -> None:
    """Nothing to draw is drawn as nothing."""
    assert draw([], Paper()).lines == ()


def test_the_legend_explains_what_is_drawn_and_nothing_else() -> None:
    """Abbreviations and cuts; whole words need no explanation."""
    for width in (80, 120, 200):
        for name in ("cxl-window", "epyc-8-nodes", "hot-add-window", "32-nodes"):
            nodes = node_pieces(planned(load(f"example:{name}")))
            text = [line.plain for line in draw(nodes, Paper(width=width)).lines]
            drawing = "\n".join(line for line in text if line.startswith("node"))
            legend = " ".join(line for line in text if not line.startswith("node"))
            for short, zone in (("D", "DMA"), ("3", "DMA32"), ("N", "Normal")):
                alone = rf"(?<![A-Za-z0-9])[{short}{short.lower()}](?![A-Za-z0-9])"
                drawn = re.search(alone, drawing) is not None
                explained = re.search(rf" {alone} ([{short}{short.lower()}] )?{zone}\b", legend)
                assert (explained is not None) is drawn, (name, width, short)
            assert ("cut in the axis" in legend) is ("/" in drawing)


def test_tiers_are_beside_the_nodes() -> None:
    """Where there is more than one."""
    nodes = node_pieces(planned(load("fixtures/bin/cxl-window")))
    text = "\n".join(line.plain for line in draw(nodes, Paper()).lines)
    assert re.search(r"node0 t4 .*\nnode1 t\d+ ", text)
    assert re.search(r"t4 t\d+ memory tier", text)


def test_an_entry_of_the_legend_is_not_broken_over_lines() -> None:
    """Each mark is next to its meaning; narrow papers have more lines."""
    plan = srat_tool.plan(
        srat_tool.load("example:sparse-64t-hotplug", PlanOptions(movable_node=True))
    )
    text = srat_tool.to_text(plan, width=60)
    assert "       ╞═╡ hot-pluggable   / cut in the axis\n" in text


def test_ends_of_a_hot_pluggable_piece_are_explained_however_short_it_is() -> None:
    """A piece of three columns has them as well."""
    plan = srat_tool.plan(
        srat_tool.load("example:sparse-64t-hotplug", PlanOptions(movable_node=True))
    )
    text = srat_tool.to_text(plan, width=60)
    assert "╞M╡" in text
    assert "╞═╡ hot-pluggable" in text
