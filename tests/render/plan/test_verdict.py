"""The first lines of a plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from srat_tool.api.machine import load
from srat_tool.api.planning import plan as planned
from srat_tool.plan.later import Later
from srat_tool.plan.plan import Plan
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.plan.pieces import node_pieces
from srat_tool.render.plan.verdict import MAX_SENTENCES, verdict, verdict_lines
from srat_tool.sources.examples import example_files
from tests.render.samples import laptop, two_sockets


def _said(plan: Plan) -> list[str]:
    return [
        f"{topic}: {text}" if topic else text for topic, text in verdict(plan, node_pieces(plan))
    ]


def test_bad_news_follows_the_headline() -> None:
    """A boot that would not survive, and a table that is thrown away."""
    plan = replace(two_sockets(), crash="RAM without a node", rejected="no CPU in it")
    assert [line.split(":")[0] for line in _said(plan)[1:3]] == ["crash at boot", "rejected"]
    assert len(_said(plan)) <= MAX_SENTENCES


def test_guesses_are_counted() -> None:
    """What was assumed makes the verdict uncertain, and is counted in it."""
    assert any(line.startswith("not certain: ") for line in _said(laptop()))
    sure = replace(laptop(), assumptions=(), alternatives=())
    assert not any(line.startswith("not certain") for line in _said(sure))


def test_a_malformed_table_is_an_alarm() -> None:
    """What cannot be read may be what the user asks about."""
    made = planned(load("example:cut-in-entry"))
    assert _said(made)[2] == "damaged: SRAT is malformed (see below)"


@pytest.mark.parametrize("name", example_files())
@pytest.mark.parametrize("width", [60, 80, 120])
def test_what_is_not_certain_is_always_said(name: str, width: int) -> None:
    """Words about the kernel, reasons, windows and tiers go first; doubts and alarms never."""
    plan = planned(load(f"example:{name}"))
    paper = Paper(width=width)
    text = paint(verdict_lines(plan, node_pieces(plan), paper), paper)
    wanted = {
        "not certain:": bool(plan.assumptions or plan.alternatives),
        "damaged:": bool(plan.damage),
        "rejected:": plan.rejected is not None,
        "crash at boot:": plan.crash is not None,
    }
    assert {topic: topic in text for topic in wanted} == wanted


def test_all_sentences_fit_a_narrow_terminal() -> None:
    """Nodes, removability, doubts, windows and tiers of one machine, at 60 columns."""
    made = planned(load("example:cxl-window"))
    tiers = made.after_zones.tiers
    assert tiers is not None
    tiers = replace(tiers, tiers=(*tiers.tiers, tiers.tiers[0]._replace(nids=(1, 2))))
    both = replace(made, late=Later(lambda: replace(made.after_zones, tiers=tiers)))
    lines = [line.plain for line in verdict_lines(both, node_pieces(both), Paper(width=60))]
    topics = [line.split(":")[0] for line in lines]
    assert topics[1:] == ["not removable", "not certain", "windows", "tiers"]


def test_windows_of_both_tables() -> None:
    """Ranges of the SRAT without RAM, and the windows of the CEDT."""
    assert _said(planned(load("example:cxl-window")))[-1] == (
        "windows: 192G of nodes 1-2 can be added (2 CXL windows)"
    )


@pytest.mark.parametrize("name", example_files())
@pytest.mark.parametrize("width", [60, 80, 120])
def test_five_lines_are_enough(name: str, width: int) -> None:
    """On every example, for a terminal of 60 columns too."""
    plan = planned(load(f"example:{name}"))
    paper = Paper(width=width)
    lines = paint(verdict_lines(plan, node_pieces(plan), paper), paper).splitlines()
    assert 0 < len(lines) <= 5
    assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize("nodes", [32, 64, 1024])
def test_many_nodes_fit_five_lines(tmp_path: Path, nodes: int) -> None:
    """Every second node can be removed: runs and reasons are counted where there is no room."""
    entries = "".join(
        f"x2apic {nid} {nid}\nmem {nid} {4 * nid}G+4G {'hotplug' * (nid % 2)}\n"
        for nid in range(nodes)
    )
    spec = tmp_path / "many.toml"
    spec.write_text(f"""[machine]
name = "many"
[srat]
entries = '''
{entries}'''
[memory]
ram = ["0x1000..0x9fc00", "1M..3G", "4G..{4 * nodes}G"]
[kernel]
cmdline = "movable_node"
version = "6.12"
""")
    plan = planned(load(spec))
    paper = Paper(width=60)
    lines = [line.plain for line in verdict_lines(plan, node_pieces(plan), paper)]
    text = " ".join(" ".join(lines).split())
    assert f"removable: nodes 1,3,5,7,9,11,13,15 and {nodes // 2 - 8} more" in text
    assert "not removable: node 0 (kernel image)" in text
    assert f"{nodes} nodes" in text
    assert len(lines) <= MAX_SENTENCES
    assert all(len(line) <= 60 for line in lines)
