"""A machine planned with an option and other marks in its SRAT."""

from __future__ import annotations

import pytest

from srat_tool.base.units import GIB
from srat_tool.plan.candidate import marks, planned, policy_option, undecided
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.obstacles import Obstacles
from tests.machines import cpu, mem, srat
from tests.plan.series import series_machine

COLD = srat(cpu(0, 0), mem(0, 0, 6 * GIB), mem(1, 6 * GIB, 10 * GIB), mem(2, 10 * GIB, 14 * GIB))


def _inputs(profile: str = "6.1", command_line: str = "nokaslr") -> Inputs:
    return undecided(series_machine(COLD, command_line, profile))


@pytest.mark.parametrize(
    ("profile", "option"),
    [("acpi2013", "movablecore=acpi"), ("6.1", "movable_node"), ("3.2", None)],
)
def test_each_kernel_has_its_option(profile: str, option: str | None) -> None:
    """Before 3.14 a released kernel has none."""
    assert policy_option(_inputs(profile)) == option


def test_options_for_movable_memory_are_left_out() -> None:
    """What a command line already has is not part of the question."""
    params = _inputs(command_line="nokaslr kernelcore=13G").options.params
    assert "kernelcore" not in [param.name for param in params]


def test_marks_make_a_node_hot_pluggable() -> None:
    """With them the node is movable and nothing keeps it; the table itself is not changed."""
    inputs = _inputs()
    edits = tuple(marks(inputs, (2,), others_off=True))
    assert [(edit.pxm, edit.hot, edit.offset) for edit in edits] == [(2, True, 48 + 16 + 2 * 40)]
    before = planned(inputs, "movable_node", ()).plan
    after = planned(inputs, "movable_node", edits).plan
    assert "hot-pluggable" in (Obstacles(before).why_not(2) or "")
    assert Obstacles(after).why_not(2) is None
    assert not any(entry.hot_pluggable for entry in inputs.srat_memory)
