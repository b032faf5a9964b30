"""The second step for a machine: plan it, lint it, and compare the plan with what a kernel did."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from srat_tool.api.machine import with_evidence, with_options
from srat_tool.base.errors import SratToolError
from srat_tool.compare.reality import WITNESSES, plan_of
from srat_tool.compare.verified import Verdict
from srat_tool.compare.verify import verify
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.row import (
    FleetKernel,
    FleetNode,
    FleetPlan,
    FleetTier,
    FleetVerify,
    FleetWindow,
    Judgement,
    LintCounts,
    VerifyVerdict,
)
from srat_tool.fleet.survey import machine_of_inputs
from srat_tool.lint.engine import lint
from srat_tool.lint.finding import Report
from srat_tool.lint.hit import Severity
from srat_tool.lint.selection import Selection
from srat_tool.lint.settings import Settings
from srat_tool.plan.machine import Machine
from srat_tool.plan.observed import observe
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan
from srat_tool.plan.removability import node_removals
from srat_tool.sources.found import Found

_VERDICTS: dict[Verdict, VerifyVerdict] = {
    Verdict.EQUAL: "equal",
    Verdict.DIFFERENT: "different",
    Verdict.UNKNOWN: "cannot tell",
}
_MOVABLE = "Movable"


def judge(inputs: Found, options: FleetOptions) -> Judgement:
    """Return what follows from the inputs of one machine."""
    errors: list[str] = []
    plan = None
    try:
        plan = plan_value(make_plan(machine_of_inputs(inputs, options)))
    except SratToolError as error:
        errors.append(f"no plan: {error.message}")
    counts = _lint(inputs, options, errors) if inputs.tables else None
    return Judgement(plan, counts, _verify(inputs, options), tuple(errors))


def findings_of(inputs: Found, options: FleetOptions) -> Report:
    """Return what lint finds in the tables of one machine.

    Raises:
        SratToolError: when a file next to the tables is wrong.
    """

    def boot_of(part: Found) -> Machine | None:
        return with_options(with_evidence(Machine(), part), options.plan) if part.evidence else None

    return lint(inputs, Settings(profile="linux"), Selection(), boot_of)


def _lint(inputs: Found, options: FleetOptions, errors: list[str]) -> LintCounts | None:
    try:
        report = findings_of(inputs, options)
    except SratToolError as error:
        errors.append(f"not checked by lint: {error.message}")
        return None
    count = Counter(finding.severity for finding in report.findings)
    rules = tuple(sorted({finding.id for finding in report.findings}))
    return LintCounts(count[Severity.ERROR], count[Severity.WARNING], count[Severity.INFO], rules)


def _verify(inputs: Found, options: FleetOptions) -> FleetVerify | None:
    if not any(one.role in WITNESSES for one in inputs.evidence):
        return None
    asked = options.plan
    try:
        observed = observe(inputs.evidence)
        # What a log names did it; the kernel that is planned may be another one.
        profile = asked.kernel if observed.release is None else None
        planned = plan_of(inputs.tables, observed, profile=profile, arch=asked.arch)
        result = verify(planned.plan, observed, planned.srat, planned.doubts, planned.basis)
    except SratToolError as error:
        return FleetVerify("cannot tell", (), error.message)
    different = tuple(part.name for part in result.parts if part.verdict is Verdict.DIFFERENT)
    return FleetVerify(_VERDICTS[result.verdict], different, None)


def plan_value(plan: Plan) -> FleetPlan:
    """Return what a row shows of a plan."""
    late = plan.after_zones
    windows = tuple(
        FleetWindow(w.source, w.span.start, w.span.end, w.nid, w.ram_bytes, w.stranded_bytes)
        for w in late.windows
    )
    tiers = late.tiers.tiers if late.tiers is not None else ()
    return FleetPlan(
        kernel=FleetKernel(
            plan.kernel.profile,
            plan.kernel.release,
            plan.kernel.architecture,
            plan.kernel.policy,
        ),
        numa=plan.numa_used,
        rejected=plan.rejected,
        crash=plan.crash or plan.panic,
        nodes=tuple(_nodes(plan)),
        windows=windows,
        tiers=tuple(FleetTier(tier.number, tuple(tier.nids)) for tier in tiers),
        tiers_algorithm=late.dram.algorithm,
        tiers_why=late.dram.why,
        memory_block_bytes=plan.memory_block_bytes,
        stranded_bytes=sum(window.stranded_bytes for window in windows),
        assumptions=plan.assumed_sentences,
        alternatives=tuple(f"if {a.condition}: {a.changes}" for a in plan.alternatives),
    )


def _nodes(plan: Plan) -> Iterator[FleetNode]:
    ram: Counter[int] = Counter()
    for region in plan.memory:
        if region.nid is not None:
            ram[region.nid] += region.end - region.start
    movable = Counter({z.nid: z.present_bytes for z in plan.zones if z.name == _MOVABLE})
    removable: Counter[int] = Counter()
    for run in plan.blocks.runs:
        if run.offline == "yes" and run.nid is not None:
            removable[run.nid] += run.end - run.start
    whole = {one.nid: one.answer for one in node_removals(plan)}
    for node in plan.nodes:
        yield FleetNode(
            node.nid,
            node.pxm,
            len(node.cpus),
            ram[node.nid],
            movable[node.nid],
            removable[node.nid],
            whole.get(node.nid),
        )


def judgement_text(judgement: Judgement) -> str:
    """Return a judgement as text that `judgement_of` reads."""
    return json.dumps(judgement)


def judgement_of(text: str) -> Judgement:
    """Read what `judgement_text` wrote."""
    plan, counts, verified, errors = json.loads(text)
    return Judgement(
        None if plan is None else _plan_of(plan),
        None if counts is None else LintCounts(counts[0], counts[1], counts[2], tuple(counts[3])),
        None if verified is None else FleetVerify(verified[0], tuple(verified[1]), verified[2]),
        tuple(errors),
    )


def _plan_of(values: list[object]) -> FleetPlan:
    whole = FleetPlan(*values)  # type: ignore[arg-type] # written from one
    return whole._replace(
        kernel=FleetKernel(*whole.kernel),
        nodes=tuple(FleetNode(*one) for one in whole.nodes),
        windows=tuple(FleetWindow(*one) for one in whole.windows),
        tiers=tuple(FleetTier(one[0], tuple(one[1])) for one in whole.tiers),
        assumptions=tuple(whole.assumptions),
        alternatives=tuple(whole.alternatives),
    )
