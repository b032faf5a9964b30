"""All explanations at once next to each by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

import srat_tool
from srat_tool.plan.explain import explain
from srat_tool.plan.explain_all import explain_all
from srat_tool.plan.explain_target import find_target
from tests.shapes import SHAPES, write_machine

MACHINES = sorted(
    path for path in (Path(__file__).parents[2] / "fixtures" / "bin").iterdir() if path.is_dir()
)


def _equal(folder: Path) -> None:
    try:
        plan = srat_tool.plan(srat_tool.load(str(folder)))
    except srat_tool.SratToolError:
        return
    every = explain_all(plan).steps
    alone = [explain(plan, find_target(plan, str(node.nid))) for node in plan.nodes]
    assert list(every) == alone


@pytest.mark.parametrize("machine", MACHINES, ids=lambda path: path.name)
def test_each_node_as_by_itself(machine: Path) -> None:
    """The part of a plan explains a node as the whole plan does."""
    _equal(machine)


@pytest.mark.parametrize("shape", list(SHAPES))
def test_each_node_of_every_shape(shape: str, tmp_path: Path) -> None:
    """The same with gaps, nested, mixed, backwards and with a node for each range."""
    _equal(write_machine(tmp_path, shape, 24))
