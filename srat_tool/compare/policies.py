"""One machine under every way to make hot-pluggable memory movable, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from srat_tool.base.architecture import ArchitectureError
from srat_tool.base.span import Span, intersect
from srat_tool.base.units import format_size
from srat_tool.base.words import joined, plural, runs
from srat_tool.kernel.bootopts import Param, split, without_movable_options
from srat_tool.kernel.profiles import profile_for
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan

_SERIES = "acpi2013"
_SERIES_OPTION = "movablecore=acpi"


class NodeShare(NamedTuple):
    """What one node has under one policy, in bytes.

    Attributes:
        nid: the node.
        normal: memory of kernel zones.
        movable: memory of ZONE_MOVABLE.
        removable: hot-pluggable memory whose memory blocks can all go offline.
        node_local: data of the node that is on the node.
        kernel_node: it contains early kernel data and cannot be removed.
    """

    nid: int
    normal: int
    movable: int
    removable: int
    node_local: int
    kernel_node: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPlan:
    """One column.

    Attributes:
        option: the words of the command line: `movable_node`, or `no option`.
        plan: what comes of it.
        shares: per node.
    """

    option: str
    plan: Plan
    shares: dict[int, NodeShare]

    @property
    def name(self) -> str:
        """Option and kernel: `movable_node on 6.1`."""
        return f"{self.option} on {self.plan.kernel.profile}"


class PolicyDifference(NamedTuple):
    """One difference between policies; no `nids` means the whole machine."""

    nids: tuple[int, ...]
    text: str

    @property
    def sentence(self) -> str:
        """Return the whole sentence."""
        if not self.nids:
            return f"{self.text}."
        return f"{'node' if len(self.nids) == 1 else 'nodes'} {runs(self.nids)}: {self.text}."


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyComparison:
    """All columns, and what differs between them."""

    policies: tuple[PolicyPlan, ...]
    differences: tuple[PolicyDifference, ...]

    def __repr__(self) -> str:
        names = ", ".join(policy.name for policy in self.policies)
        return f"<PolicyComparison of {names}: {plural(len(self.differences), 'difference')}>"


def compare_policies(machine: Machine) -> PolicyComparison:
    """Plan a machine under the 2013 series, `movable_node`, sizes if given, and no option."""
    asked = [_planned(machine, options, kernel) for options, kernel in _asked(machine)]
    policies = tuple(one for one in asked if isinstance(one, PolicyPlan))
    omitted = (one for one in asked if isinstance(one, PolicyDifference))
    notes = (one.plan.not_released for one in policies)
    released = (PolicyDifference((), note) for note in notes if note is not None)
    differences = (*omitted, *_differences(policies), *released)
    return PolicyComparison(policies=policies, differences=differences)


def shares_of(plan: Plan) -> dict[int, NodeShare]:
    """Return what each node has."""
    return {node.nid: _share(plan, node.nid, kernel_node=node.kernel_node) for node in plan.nodes}


def removable_ranges(plan: Plan, nid: int) -> list[Span]:
    """Return RAM of a node that is hot-pluggable, in ZONE_MOVABLE, and in blocks that can go."""
    hot = [Span(h.start, h.end) for h in plan.hotpluggable if h.nid == nid and h.end > h.start]
    ram = [Span(region.start, region.end) for region in plan.memory if region.nid == nid]
    movable = [zone.span for zone in plan.zones if zone.nid == nid and zone.name == "Movable"]
    free = [Span(run.start, run.end) for run in plan.blocks.runs if run.offline == "yes"]
    return intersect(intersect(intersect(hot, ram), movable), free)


def _share(plan: Plan, nid: int, *, kernel_node: bool) -> NodeShare:
    sizes = {"Movable": 0, "kernel": 0}
    for zone in plan.zones:
        if zone.nid == nid:
            sizes["Movable" if zone.name == "Movable" else "kernel"] += zone.present_bytes
    data = [span for _, span in _on_its_node(plan, nid)]
    return NodeShare(
        nid=nid,
        normal=sizes["kernel"],
        movable=sizes["Movable"],
        removable=sum(span.size for span in removable_ranges(plan, nid)),
        node_local=sum(span.size for span in data),
        kernel_node=kernel_node,
    )


def _on_its_node(plan: Plan, nid: int) -> Iterator[tuple[str, Span]]:
    """Yield data of a node that is on the node, with its name."""
    ram = [Span(region.start, region.end) for region in plan.memory if region.nid == nid]
    for row in plan.node_local:
        if row.nid == nid and row.start is not None and row.end is not None:
            for part in intersect([Span(row.start, row.end)], ram):
                yield row.what, part


def _asked(machine: Machine) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Yield options and kernel of each policy; mainline is that of the machine, else the newest."""
    mainline = _mainline(machine)
    sizes = tuple(word.quoted for word in _words(machine) if _is_size(word))
    yield (_SERIES_OPTION,), _SERIES
    yield ("movable_node",), mainline
    if sizes:
        yield sizes, mainline
    yield (), mainline


def _planned(
    machine: Machine, options: tuple[str, ...], kernel: str | None
) -> PolicyPlan | PolicyDifference:
    """Return a policy's plan; of the series, which exists for one architecture, or why not."""
    extra = (*without_movable_options(_words(machine)), *options)
    changed = replace(machine, command_line="", extra_options=extra, profile=kernel)
    try:
        plan = make_plan(changed)
    except ArchitectureError as error:
        if kernel != _SERIES:
            raise
        return PolicyDifference((), f"{_SERIES_OPTION} is left out: {error.what}")
    return PolicyPlan(option=" ".join(options) or "no option", plan=plan, shares=shares_of(plan))


def _words(machine: Machine) -> list[Param]:
    logged = machine.boot_log.command_line if machine.boot_log is not None else None
    line = machine.command_line if machine.command_line is not None else logged
    return [*split(line or ""), *split(" ".join(machine.extra_options))]


def _is_size(word: Param) -> bool:
    return word.name in ("movablecore", "kernelcore") and word.value not in (None, "acpi")


def _mainline(machine: Machine) -> str | None:
    """Return the kernel to compare with: that of the machine unless it carries the series."""
    if machine.profile is not None and profile_for(machine.profile).series is None:
        return machine.profile
    return machine.boot_log.release if machine.boot_log is not None else None


def _differences(policies: Sequence[PolicyPlan]) -> Iterator[PolicyDifference]:
    for policy in policies:
        for bad, text in ((policy.plan.rejected, "rejects the SRAT"), (policy.plan.crash, "dies")):
            if bad:
                yield PolicyDifference((), f"{policy.name} {text}: {bad}")
    nids_by_text: dict[str, list[int]] = {}
    for nid in sorted({nid for policy in policies for nid in policy.shares}):
        for tell in (_movable, _node_local, _verdicts):
            groups = _groups(policies, [tell(policy, nid) for policy in policies])
            if groups:
                nids_by_text.setdefault(groups, []).append(nid)
        for start in _starts(policies, nid):
            nids_by_text.setdefault(start, []).append(nid)
    yield from (PolicyDifference(tuple(nids), text) for text, nids in nids_by_text.items())
    yield from (PolicyDifference((), text) for text in _between_kernels(policies))


def _groups(policies: Sequence[PolicyPlan], outcomes: Sequence[str]) -> str | None:
    """Join policies with the same text; None when that is all of them."""
    if len(set(outcomes)) == 1:
        return None
    options: dict[str, list[str]] = {}
    for policy, what in zip(policies, outcomes, strict=True):
        options.setdefault(what, []).append(policy.option)
    return "; ".join(f"{what} under {joined(names)}" for what, names in options.items())


def _movable(policy: PolicyPlan, nid: int) -> str:
    share = policy.shares.get(nid)
    if share is None:
        return "there is no such node"
    if not share.movable:
        return "nothing is movable"
    size = format_size(share.movable)
    if share.removable == share.movable:
        return f"{size} are movable and hot-removable"
    if not share.removable:
        return f"{size} are movable, none of it hot-removable"
    return f"{size} are movable, {format_size(share.removable)} of it hot-removable"


def _node_local(policy: PolicyPlan, nid: int) -> str:
    """Describe what is on the node, and by which rule."""
    share = policy.shares.get(nid)
    if share is None:
        return "there is no such node"
    if not share.node_local:
        return "none of its own data is on the node"
    names = joined(sorted({what for what, _ in _on_its_node(policy.plan, nid)}))
    return f"{format_size(share.node_local)} of its own data are on the node ({names})"


def _verdicts(policy: PolicyPlan, nid: int) -> str:
    share = policy.shares.get(nid)
    if share is None:
        return "there is no such node"
    return "it is a kernel node" if share.kernel_node else "it is no kernel node"


def _starts(policies: Sequence[PolicyPlan], nid: int) -> Iterator[str]:
    """Yield starts that differ by rounding alone: one kernel rounds, the other does not."""
    starts = {
        policy.option: start.start
        for policy in policies
        for start in policy.plan.movable_start
        if start.nid == nid
    }
    series, mainline = starts.get(_SERIES_OPTION), starts.get("movable_node")
    if series is not None and mainline is not None and series != mainline:
        yield (
            f"ZONE_MOVABLE starts at {series:#x} under {_SERIES_OPTION}, which does not round, and"
            f" at {mainline:#x} under movable_node, which rounds up to 4 MiB"
        )


def _between_kernels(policies: Sequence[PolicyPlan]) -> Iterator[str]:
    """Explain what the series does differently from mainline, whatever the node."""
    by_option = {policy.option: policy.plan for policy in policies}
    if _SERIES_OPTION in by_option:
        yield from _of_the_series(by_option[_SERIES_OPTION], by_option["movable_node"])
    for option, plan in by_option.items():
        if plan.kernel.policy == "sizes":
            yield (
                f"{option} is spread over the nodes without a look at the SRAT's hotplug marks:"
                " movable memory is not what can be unplugged"
            )


def _of_the_series(series: Plan, mainline: Plan) -> Iterator[str]:
    if series.leaked:
        size = format_size(sum(region.end - region.start for region in series.leaked))
        yield (
            f"{size} stay reserved for ever under {_SERIES_OPTION}: its loop misses every second of"
            " several reservations in a row; no other policy loses memory"
        )
    blocks = [sum(len(node.ranges) for node in plan.nodes) for plan in (series, mainline)]
    if blocks[0] != blocks[1]:
        yield (
            f"numa_meminfo has {blocks[0]} blocks under {_SERIES_OPTION} and {blocks[1]} under"
            " movable_node: only the series keeps hot and other ranges of a node apart"
        )
