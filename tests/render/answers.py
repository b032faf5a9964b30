"""One answer of each kind that the table of formats has."""

from __future__ import annotations

from srat_tool.authoring.edit import Edits, edit, read_target
from srat_tool.compare.diff import Diff
from srat_tool.compare.plans import compare_plans
from srat_tool.compare.policies import compare_policies
from srat_tool.compare.tables import compare_tables
from srat_tool.compare.verified import Verification
from srat_tool.grammar.registry import decode
from srat_tool.kernel.catalogue import kernel_catalogue
from srat_tool.lint.verdicts import Verdicts, verdicts
from srat_tool.plan.advise import advise
from srat_tool.plan.advise_tier import advise_tier
from srat_tool.plan.dimm_text import PlannedDimms
from srat_tool.plan.dimm_windows import dimm_windows
from srat_tool.plan.explain_all import explain_all
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.removal_overview import removal_overview
from srat_tool.plan.series2013.walk import walk_series
from srat_tool.plan.why import why
from srat_tool.render.inspect.record import Inspected, Inspection
from srat_tool.render.report.value import MachineReport
from srat_tool.sources.detect import gather
from tests.golden.fixtures import FIXTURES
from tests.lint.lab import machine as machine_of
from tests.lint.lab import report, srat_spec
from tests.plan.series import series_machine
from tests.render.test_verify import RESULT


def _diff() -> Diff:
    before = series_machine(profile="6.1")
    raw = before.tables[0]
    edited = edit(raw.data, Edits(clear_hotplug=(read_target("1"),)))
    after = series_machine(profile="6.1")
    tables = (raw._replace(data=edited), *before.tables[1:])
    plans = make_plan(before), make_plan(after)
    return Diff(
        before="a",
        after="b",
        changes=tuple(compare_tables(before.tables, tables)),
        effects=tuple(compare_plans(*plans)),
        kernel="6.1",
    )


def _verification() -> Verification:
    return RESULT


def answers() -> dict[str, object]:
    """Return the answers by the name of their class."""
    machine = series_machine()
    made = [
        make_plan(machine),
        make_plan(machine).blocks,
        why(machine, "node1"),
        removal_overview(series_machine(profile="6.1")),
        dimm_windows(series_machine(profile="6.1"), [PlannedDimms(1 << 30, 2, 0)]),
        explain_all(make_plan(machine)),
        walk_series(machine),
        compare_policies(machine),
        _diff(),
        advise(series_machine(profile="6.1"), [1]),
        advise_tier(series_machine(profile="6.1"), 1),
        kernel_catalogue("6.12"),
        _verification(),
        report(srat_spec("apic 0 0\nmem 0 0+4G\nmem 3 0+0")),
        Verdicts(tuple(verdicts(machine_of(srat_spec("apic 0 0\nmem 0 0+4G\nmem 1 4G+4G"))))),
        Inspection(tuple(Inspected(raw, decode(raw.data)) for raw in machine.tables)),
        MachineReport(title="a machine", plan=make_plan(machine)),
    ]
    made.append(gather([str(FIXTURES / "bin" / "epyc-8-nodes")]))
    return {type(answer).__name__: answer for answer in made}
