"""What another kernel changes: each set of equal inputs is planned for both."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from srat_tool.compare.plans import compare_plans
from srat_tool.fleet.judge import plan_value
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.reports.answer import FleetReport, Question
from srat_tool.fleet.reports.comparing import capped
from srat_tool.fleet.reports.subjects import Subject, distinct, each
from srat_tool.fleet.row import FleetPlan
from srat_tool.fleet.rows import check_kernel
from srat_tool.fleet.survey import machine_of_inputs
from srat_tool.plan.pipeline import make_plan
from srat_tool.sources.found import Found

COLUMNS = ("machines", "before", "after", "differences", "example")


def answer(question: Question) -> FleetReport:
    """Return one row for each set of equal differences, the most frequent first."""
    before, after = question.words
    for name in (before, after):
        check_kernel(name)
    groups: dict[tuple[str, ...], tuple[int, str]] = {}
    errors: list[str] = []
    work = partial(differences, before=before, after=after)
    for one, found, error in each(work, distinct(question.database), question):
        if found is None:
            errors.append(error or one.path)
        elif found:
            count, example = groups.get(found, (0, one.path))
            groups[found] = count + one.machines, min(example, one.path)
    rows = sorted(
        ((count, before, after, texts, example) for texts, (count, example) in groups.items()),
        key=lambda row: (-row[0], row[4]),
    )
    empty = f"kernel {after} changes no plan of kernel {before}"
    return FleetReport("kernels", COLUMNS, tuple(rows), empty, errors=tuple(errors))


def differences(
    found: Found, options: FleetOptions, one: Subject, *, before: str, after: str
) -> tuple[str, ...]:
    """Return what the second kernel does otherwise on one machine, in the words of `diff`."""
    del one
    machines = [
        machine_of_inputs(found, options._replace(plan=options.plan._replace(kernel=kernel)))
        for kernel in (before, after)
    ]
    plans = [make_plan(machine) for machine in machines]
    texts = [effect.text for effect in compare_plans(plans[0], plans[1])]
    return capped([*texts, *_late(plan_value(plans[0]), plan_value(plans[1]))])


def _late(before: FleetPlan, after: FleetPlan) -> Iterator[str]:
    """Yield what differs after the zones: blocks, tiers, removal."""
    pairs = [
        ("the memory block size", before.memory_block_bytes, after.memory_block_bytes),
        ("tiers", _tiers(before), _tiers(after)),
    ]
    removable = {node.nid: node.removable for node in after.nodes}
    pairs += [
        (f"node {node.nid}: removable", node.removable, removable[node.nid])
        for node in before.nodes
        if node.nid in removable
    ]
    for what, was, now in pairs:
        if was != now:
            yield f"{what} was {was or 'none'}, is {now or 'none'}"


def _tiers(plan: FleetPlan) -> str:
    return ", ".join(f"tier {t.number}: nodes {' '.join(map(str, t.nids))}" for t in plan.tiers)
