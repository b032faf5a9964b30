"""Each node of a machine: removable now, removable with which options, or why never."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from srat_tool.base.words import plural
from srat_tool.plan.block_values import Offline
from srat_tool.plan.blocks_now import blocks_now
from srat_tool.plan.candidate import (
    Candidate,
    marks,
    planned,
    policy_option,
    undecided,
)
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.machine import Machine
from srat_tool.plan.obstacles import Obstacles
from srat_tool.plan.pipeline import plan_inputs
from srat_tool.plan.read_machine import read_machine
from srat_tool.plan.remedies import borders_remedy
from srat_tool.plan.removability import NodeRemoval, node_removals


class NodeOverview(NamedTuple):
    """One node with memory.

    Attributes:
        nid: the node.
        bytes: its RAM.
        now: whether all of it can go offline as the machine is configured.
        why: the reason.
        options: boot options with which it is removable; empty when none are needed or help.
        edits: entries of the SRAT that have to be marked hot-pluggable on top.
        cost: bytes that only movable data can use then.
        never: why nothing that this program can try helps; None when something does.
        remedy: what the firmware must change in that case, where that is known.
    """

    nid: int
    bytes: int
    now: Offline
    why: str
    options: tuple[str, ...]
    edits: int
    cost: int
    never: str | None
    remedy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalOverview:
    """All nodes with memory.

    Attributes:
        kernel: profile of the kernel.
        nodes: ascending.
        assumptions: inputs that had to be assumed, as sentences.
    """

    kernel: str
    nodes: tuple[NodeOverview, ...]
    assumptions: tuple[str, ...]

    def __repr__(self) -> str:
        now = sum(node.now == "yes" for node in self.nodes)
        return f"<RemovalOverview: {now} of {plural(len(self.nodes), 'node')} removable now>"


def removal_overview(machine: Machine) -> RemovalOverview:
    """Answer for each node: as the machine is, with an option, with a changed SRAT."""
    plan = plan_inputs(read_machine(machine))
    blocks = blocks_now(plan.blocks.runs, machine.seen_blocks, plan.blocks.size)
    removals = node_removals(plan, blocks)
    stuck = [one.nid for one in removals if one.answer != "yes"]
    tried = [_Tried(one) for one in _tried(undecided(machine), stuck)] if stuck else []
    return RemovalOverview(
        kernel=plan.kernel.profile,
        nodes=tuple(_row(one, tried) for one in removals),
        assumptions=plan.assumed_sentences,
    )


def _tried(inputs: Inputs, stuck: list[int]) -> Iterator[Candidate]:
    """Yield the plan with the option, then with all nodes marked that can be."""
    option = policy_option(inputs)
    if option is None:
        return
    first = planned(inputs, option, ())
    yield first
    kernel = {node.nid for node in first.plan.nodes if node.kernel_node}
    wanted = tuple(nid for nid in stuck if nid not in kernel)
    edits = tuple(marks(inputs, wanted, others_off=False)) if wanted else ()
    if edits:
        yield planned(inputs, option, edits)


class _Tried:
    """A candidate, and what is asked about each node of its plan."""

    def __init__(self, candidate: Candidate) -> None:
        self.options, self.plan = candidate.options, candidate.plan
        self.obstacles = Obstacles(self.plan)
        self._edits = Counter(edit.pxm for edit in candidate.edits)

    def edits(self, nid: int) -> int:
        """Return how many entries of a node's domain are changed."""
        pxm = self.obstacles.nodes[nid].pxm
        return 0 if pxm is None else self._edits[pxm]

    def reason(self, nid: int) -> str | None:
        """Return what keeps a node even so."""
        if self.plan.crash:
            return f"this boot would not survive: {self.plan.crash}"
        if self.plan.numa_used != "srat":
            return f"Linux does not use the SRAT: {self.plan.rejected or 'there is none'}"
        if nid not in self.obstacles.nodes:
            return f"node {nid} does not exist then"
        return self.obstacles.why_not(nid)


def _row(removal: NodeRemoval, tried: list[_Tried]) -> NodeOverview:
    row = NodeOverview(removal.nid, removal.bytes, removal.answer, removal.why, (), 0, 0, None)
    if removal.answer == "yes":
        return row
    never, remedy = "this kernel has no option that makes memory of the SRAT movable", None
    for one in tried:
        reason = one.reason(removal.nid)
        if reason is None:
            cost = one.obstacles.movable_bytes.get(removal.nid, 0)
            return row._replace(options=one.options, edits=one.edits(removal.nid), cost=cost)
        never, remedy = reason, borders_remedy(one.plan, removal.nid)
    return row._replace(never=never, remedy=remedy)
