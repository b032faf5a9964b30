"""The comparison of policies as text and as JSON."""

from __future__ import annotations

from srat_tool.compare.policies import compare_policies
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.plan.policies import policies_lines
from tests.plan.series import series_machine

PAPER = Paper(width=120)


def test_verdict_then_differences_then_the_machine_then_a_table_per_node() -> None:
    """Sizes are under their headings."""
    comparison = compare_policies(series_machine(cmdline="kernelcore=4G", profile="6.1"))
    lines = paint(policies_lines(comparison, PAPER), PAPER).splitlines()
    assert [line for line in lines if line.startswith("node ")] == ["node 0", "node 1", "node 2"]
    heading = lines[lines.index("node 1") + 1]
    assert heading.split() == ["Normal", "Movable", "removable", "node-local", "kernel", "node"]
    assert 0 < lines.index("differences:") < lines.index("the machine") < lines.index("node 0")


def test_the_verdict_is_first() -> None:
    """One line for policies that do the same: what is movable, and which nodes can be removed."""
    comparison = compare_policies(series_machine(cmdline="kernelcore=4G", profile="6.1"))
    lines = paint(policies_lines(comparison, PAPER), PAPER).splitlines()
    verdict = lines[: lines.index("")]
    assert 0 < len(verdict) <= 5
    assert all("movable" in line and "removable: " in line for line in verdict)
    named = " ".join(line.partition(":")[0] for line in verdict)
    assert all(policy.option in named for policy in comparison.policies)
