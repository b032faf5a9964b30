"""Judging a machine: the figures are those of the other commands."""

from __future__ import annotations

import pytest

from srat_tool.api.checking import lint
from srat_tool.api.machine import load
from srat_tool.api.options import PlanOptions
from srat_tool.api.planning import plan
from srat_tool.base.limits import Budget
from srat_tool.fleet.judge import judge, judgement_of, judgement_text
from srat_tool.fleet.machines import neutral, read_unit
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.row import Judgement
from srat_tool.fleet.unit import Unit
from srat_tool.lint.hit import Severity
from srat_tool.plan.removability import node_removals
from srat_tool.sources.examples import example_files
from srat_tool.sources.found import Evidence, Found, Role
from tests.fleet.tables import Shape, boot_log, raw_tables

OPTIONS = FleetOptions(PlanOptions(movable_node=True))


def _judged(name: str) -> Judgement:
    (machine,) = read_unit(Unit(name, named=True), Budget())
    return judge(neutral(machine.found), OPTIONS)


@pytest.mark.parametrize("name", example_files())
def test_figures_of_the_examples(name: str) -> None:
    """Nodes, zones, removal and findings as `plan` and `lint` have them."""
    judged = _judged(f"example:{name}")
    made = plan(load(f"example:{name}", OPTIONS.plan))
    report = lint(f"example:{name}")
    assert judged.plan is not None
    assert judged.lint is not None
    assert [node.nid for node in judged.plan.nodes] == [node.nid for node in made.nodes]
    movable = sum(zone.present_bytes for zone in made.zones if zone.name == "Movable")
    assert judged.plan.movable_bytes == movable
    answers = {one.nid: one.answer for one in node_removals(made)}
    assert {n.nid: n.removable for n in judged.plan.nodes if n.removable} == answers
    ram = sum(r.end - r.start for r in made.memory if r.nid is not None)
    assert judged.plan.ram_bytes == ram
    assert judged.lint.errors == sum(f.severity is Severity.ERROR for f in report.findings)
    assert judged.verify is None
    assert judgement_of(judgement_text(judged)) == judged


def test_a_log_is_verified() -> None:
    """It was made from the plan; with another node's range it differs in that part."""
    log = boot_log(Shape(), "h", "1", "P")
    for text, verdict in (
        (log, "equal"),
        (log.replace("node   1: [mem", "node   3: [mem"), "different"),
    ):
        found = Found(
            tables=raw_tables(Shape()), evidence=[Evidence(Role.BOOT_LOG, "dmesg", text.encode())]
        )
        judged = judge(found, FleetOptions())
        assert judged.verify is not None
        assert judged.verify.verdict == verdict
        assert judgement_of(judgement_text(judged)) == judged


def test_what_cannot_be_planned_says_why() -> None:
    """An option that fits no machine is an error of the row."""
    found = Found(tables=raw_tables(Shape()))
    judged = judge(found, FleetOptions(PlanOptions(kernel="no such kernel")))
    assert judged.plan is None
    assert "no plan" in judged.errors[0]
    assert judgement_of(judgement_text(judged)) == judged


def test_a_log_is_verified_with_its_own_kernel() -> None:
    """Whatever kernel is planned: what the log shows, the kernel that it names did."""
    log = boot_log(Shape(), "h", "1", "P").encode()
    found = Found(tables=raw_tables(Shape()), evidence=[Evidence(Role.BOOT_LOG, "dmesg", log)])
    judged = judge(found, FleetOptions(PlanOptions(kernel="5.10")))
    assert judged.plan is not None
    assert judged.plan.kernel.profile == "5.10"
    assert judged.verify is not None
    assert judged.verify.verdict == "equal"
