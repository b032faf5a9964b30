"""The question backwards: what makes these nodes hot-removable, and what does that cost.

Nothing here knows a rule of any kernel: each candidate is planned, and the plan is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from srat_tool.base.errors import BootOptionError
from srat_tool.base.units import format_size
from srat_tool.base.words import joined, plural
from srat_tool.plan.candidate import (
    Candidate,
    SratEdit,
    marks,
    planned,
    policy_option,
    undecided,
)
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.machine import Machine
from srat_tool.plan.node_costs import NodeCost, bytes_by_node, node_costs, warnings
from srat_tool.plan.obstacles import Obstacles
from srat_tool.plan.pipeline import plan_inputs
from srat_tool.plan.plan import Plan
from srat_tool.plan.remedies import remedies


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """An answer.

    Attributes:
        nodes: the nodes that are to be hot-removable.
        possible: whether they can be.
        options: boot options to give.
        kernel: profile of the kernel that they are for.
        edits: the changes of the SRAT that are needed in addition to the options.
        costs: per node.
        kernel_bytes: memory that the kernel may use, of the whole machine.
        movable_bytes: memory of ZONE_MOVABLE, of the whole machine.
        warnings: reasons against it although it works.
        because: why not; empty when it is possible.
        tried: what was planned on the way, and why it was not enough.
        assumptions: inputs that had to be assumed, as sentences.
        empty: nodes with neither RAM nor a range to which memory may be added, the reason why not.
        remedies: what else makes it possible, or keeps it so: where early data of the kernel is.
    """

    nodes: tuple[int, ...]
    possible: bool
    options: tuple[str, ...]
    kernel: str
    edits: tuple[SratEdit, ...]
    costs: tuple[NodeCost, ...]
    kernel_bytes: int
    movable_bytes: int
    warnings: tuple[str, ...]
    because: tuple[str, ...]
    tried: tuple[str, ...]
    assumptions: tuple[str, ...]
    empty: tuple[int, ...] = ()
    remedies: tuple[str, ...] = ()

    def __repr__(self) -> str:
        nodes = ", ".join(map(str, self.nodes))
        answer = " ".join(self.options) or "no option" if self.possible else "not possible"
        edits = f" and {len(self.edits)} edits of the SRAT" if self.possible and self.edits else ""
        return f"<Advice for nodes {nodes} on kernel {self.kernel}: {answer}{edits}>"


def advise(machine: Machine, nodes: Sequence[int], kernel_memory: int = 0) -> Advice:
    """Find boot options, failing that a change of the SRAT, that make nodes hot-removable.

    Args:
        machine: the machine; its boot options for movable memory are ignored.
        nodes: the nodes, by Linux's number.
        kernel_memory: bytes that the kernel must keep.

    Raises:
        BootOptionError: when the machine has no such node.
    """
    wanted = tuple(sorted(set(nodes)))
    inputs = undecided(machine)
    base = plan_inputs(inputs)
    known = {node.nid for node in base.nodes}
    missing = [nid for nid in wanted if nid not in known]
    if missing:
        raise BootOptionError(
            f"no such {'node' if len(missing) == 1 else 'nodes'}",
            where="--removable",
            got=joined([str(nid) for nid in missing]),
            expected=f"some of {joined([str(nid) for nid in sorted(known)])}",
        )
    empty = tuple(_empty(base, wanted))
    if empty:
        because = tuple(map(_nothing_to_remove, empty))
        return replace(_answer(Candidate((), (), base), wanted, [], because), empty=empty)
    tried: list[str] = []
    last: Candidate | None = None
    for candidate in _candidates(inputs, wanted):
        last = candidate
        reasons = _reasons(candidate.plan, wanted, kernel_memory)
        if not reasons:
            return _answer(candidate, wanted, tried, ())
        tried.append(f"{_name(candidate)}: {reasons[0]}")
    if last is None:
        option = "neither movable_node nor movablecore=acpi"
        because = (f"kernel {inputs.profile.name} knows {option}: another --kernel does",)
        return _answer(Candidate((), (), plan_inputs(inputs)), wanted, tried, because)
    return _answer(last, wanted, tried, tuple(_reasons(last.plan, wanted, kernel_memory)))


def _empty(plan: Plan, wanted: tuple[int, ...]) -> Iterator[int]:
    """Yield the nodes that have neither RAM nor a range to which memory may be added."""
    held = {region.nid for region in plan.memory} | {window.nid for window in plan.hot_add}
    yield from (nid for nid in wanted if nid not in held)


def _nothing_to_remove(nid: int) -> str:
    return f"node {nid} has no memory and the SRAT has no range to add some: nothing to remove"


def _candidates(inputs: Inputs, wanted: tuple[int, ...]) -> Iterator[Candidate]:
    """Yield ever larger interventions: an option, then marks for the nodes, then only theirs."""
    option = policy_option(inputs)
    if option is None:
        return
    yield planned(inputs, option, ())
    missing = tuple(marks(inputs, wanted, others_off=False))
    if missing:
        yield planned(inputs, option, missing)
    exact = tuple(marks(inputs, wanted, others_off=True))
    if exact != missing:
        yield planned(inputs, option, exact)


def _name(candidate: Candidate) -> str:
    name = " ".join(candidate.options)
    if not candidate.edits:
        return name
    return f"{name} and {plural(len(candidate.edits), 'entry', 'entries')} of the SRAT changed"


def _reasons(plan: Plan, wanted: tuple[int, ...], kernel_memory: int) -> list[str]:
    """List why a plan does not meet the request; empty when it does."""
    if plan.crash:
        return [f"this boot would not survive: {plan.crash}"]
    if plan.rejected or plan.numa_used != "srat":
        return [f"Linux does not use the SRAT: {plan.rejected or 'there is none'}"]
    obstacles = Obstacles(plan)
    reasons = [why for nid in wanted if (why := obstacles.why_not(nid)) is not None]
    kernel = bytes_by_node(plan, movable=False).total()
    if not reasons and kernel < max(kernel_memory, 1):
        have = format_size(kernel) if kernel else "nothing"
        reasons.append(f"the kernel keeps {have}, {format_size(kernel_memory)} are asked for")
    return reasons


def _answer(
    candidate: Candidate, wanted: tuple[int, ...], tried: list[str], because: tuple[str, ...]
) -> Advice:
    plan = candidate.plan
    costs = tuple(node_costs(plan))
    kernel, movable = sum(cost.kernel for cost in costs), sum(cost.movable for cost in costs)
    return Advice(
        nodes=wanted,
        possible=not because,
        options=candidate.options,
        kernel=plan.kernel.profile,
        edits=candidate.edits,
        costs=costs,
        kernel_bytes=kernel,
        movable_bytes=movable,
        warnings=tuple(warnings(plan, wanted, kernel, movable)) if not because else (),
        because=because,
        tried=tuple(tried),
        assumptions=plan.assumed_sentences,
        remedies=tuple(remedies(plan, wanted)),
    )
