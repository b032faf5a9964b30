"""The golden rule: every address that the text promises is in it, and nothing is swallowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.api.machine import load
from srat_tool.api.options import PlanOptions
from srat_tool.base.architecture import ArchitectureError
from srat_tool.base.span import Span
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.plan.as_json import plan_value
from srat_tool.render.plan.plan import plan_lines
from srat_tool.sources.examples import FOLDER
from tests.render.samples import Node, plan_of

SPECS = sorted(FOLDER.glob("*.toml"))
PAGE = 4096


def _promised(document: dict[str, Any]) -> Iterator[int]:
    """Return first and last byte of what `--details` shows, from the JSON of the same plan."""
    for start in document["movable_start"]:
        yield start["start"]
    regions = [
        *document["memblock"]["memory"],
        *document["memblock"]["reserved"],
        *document["hotpluggable"],
        *document["hot_add"],
        *(data for data in document["node_local"] if data["start"] is not None),
    ]
    for region in regions:
        yield from (region["start"], region["end"] - 1)


def _shown(plan: Plan, paper: Paper) -> set[int]:
    page = paint(plan_lines(plan, paper, everything=True), paper)
    plain = re.sub("\x1b\\[[0-9;]*m", "", page)
    return {int(digits, 16) for digits in re.findall(r"\b0x([0-9a-f]+)\b", plain)}


def _memory_edges(plan: Plan) -> set[int]:
    return {edge for region in plan.memory for edge in (region.start, region.end - 1)}


@pytest.mark.parametrize("spec", SPECS, ids=lambda p: p.stem)
@pytest.mark.parametrize("policy", ["none", "movable_node", "acpi"])
def test_every_promised_address_of_a_fixture(spec: Any, policy: str) -> None:
    """Under every policy, from the JSON of the same plan."""
    options = PlanOptions(
        movable_node=policy == "movable_node",
        movablecore="acpi" if policy == "acpi" else None,
    )
    try:
        plan = make_plan(load(spec, options))
    except ArchitectureError:
        pytest.skip("the 2013 series does not exist for the architecture of this spec")
    promised = set(_promised(plan_value(plan)))
    # Neighbouring regions of one node and zone are one piece: their common border is no edge.
    inner = _memory_edges(plan) - _outer_edges(plan)
    for width in (60, 120):
        assert promised - inner <= _shown(plan, Paper(width=width, color="truecolor"))


def _outer_edges(plan: Plan) -> set[int]:
    starts = {(r.nid, r.start) for r in plan.memory}
    ends = {(r.nid, r.end) for r in plan.memory}
    outer = {start for nid, start in starts if (nid, start) not in ends}
    return outer | {end - 1 for nid, end in ends if (nid, end) not in starts}


@st.composite
def _machines(draw: st.DrawFn) -> Plan:
    sizes = st.sampled_from([PAGE, 1 << 20, 1 << 27, 1 << 30, 3 << 30, 1 << 40, 1 << 50])
    nodes, at = [], draw(st.sampled_from([0, PAGE, 1 << 32]))
    for _ in range(draw(st.integers(1, 14))):
        spans: list[Span] = []
        for _ in range(draw(st.integers(0, 3))):
            at += draw(st.sampled_from([0, PAGE, 1 << 31, 1 << 44]))
            spans.append(Span(at, at + draw(sizes)))
            at = spans[-1].end
        starts = [None, *(span.start for span in spans[-1:])]
        movable = draw(st.sampled_from(starts))
        nodes.append(Node(*spans, movable=movable, hot=draw(st.booleans())))
    return plan_of(*nodes)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(_machines(), st.integers(60, 250), st.sampled_from([None, "truecolor"]), st.booleans())
def test_every_promised_address_of_any_machine(
    plan: Plan, width: int, color: Any, unicode: bool
) -> None:
    """A megabyte or an exabyte, one node or fourteen, any width, drawn in any way."""
    paper = Paper(width=width, color=color, unicode=unicode)
    promised = set(_promised(plan_value(plan)))
    inner = _memory_edges(plan) - _outer_edges(plan)
    assert promised - inner <= _shown(plan, paper)
