"""Where a plan is not what the kernel did whose log it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from srat_tool.base.span import Span, subtract, union
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, runs
from srat_tool.observe.facts import KernelAnswer
from srat_tool.observe.movable_starts import movable_starts
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.plan import Assumption

_WHAT, _VALUE = "boot log", "contradicts this plan"


def contradictions(outcome: Outcome) -> Iterator[Assumption]:
    """Yield what the log's kernel had otherwise: nodes with memory, RAM and ZONE_MOVABLE.

    A log is not trusted against its own memory map here, because the plan may be right about a
    kernel that is started again; but the plan must not be taken for what that kernel did.
    """
    machine, answer = outcome.inputs.machine, outcome.inputs.log.answer
    compared = machine.follows_log and not machine.of_logged_boot
    if not compared or not answer.lists_all_ranges:
        return
    regions = outcome.boot.memblock.memory
    theirs = sorted({line.nid for line in answer.node_ranges})
    mine = sorted({-1 if region.nid is None else region.nid for region in regions})
    if theirs != mine:
        yield Assumption(
            _WHAT, _VALUE, f"its kernel had memory on {_nodes(theirs)}, here it is {_nodes(mine)}"
        )
    logged = union(line.span for line in answer.node_ranges)
    planned = union(region.span for region in regions)
    if logged != planned:
        yield Assumption(_WHAT, _VALUE, _other_ram(logged, planned))
    if machine.follows_options and not machine.extra_options:
        yield from _other_movable(outcome, answer)


def _other_movable(outcome: Outcome, answer: KernelAnswer) -> Iterator[Assumption]:
    """Yield where ZONE_MOVABLE begins on another address, or on other nodes."""
    theirs = movable_starts(answer)
    if theirs is None:
        return
    mine = outcome.starts
    for nid in sorted(theirs.keys() | mine.keys()):
        if theirs.get(nid) != mine.get(nid):
            had = f"{_movable(nid, theirs)}, here it has {_movable(nid, mine, named=False)}"
            yield Assumption(_WHAT, _VALUE, f"its kernel had {had}")
            return


def _movable(nid: int, starts: Mapping[int, int], *, named: bool = True) -> str:
    where = f" on node {nid}" if named else ""
    start = starts.get(nid)
    return f"no ZONE_MOVABLE{where}" if start is None else f"ZONE_MOVABLE{where} from {start:#x}"


def _nodes(nids: list[int]) -> str:
    """Name nodes; -1 represents RAM without one."""
    named = f"node {runs([nid for nid in nids if nid >= 0])}"
    if -1 not in nids:
        return named
    return f"{named} and on none" if len(nids) > 1 else "no node"


def _other_ram(logged: list[Span], planned: list[Span]) -> str:
    """Describe how RAM differs: by size, or by the first range where sizes round to the same."""
    theirs, mine = _size(logged), _size(planned)
    if theirs != mine:
        return (
            f"its kernel had {theirs} of RAM up to {_end(logged):#x}, "
            f"here it is {mine} of RAM up to {_end(planned):#x}"
        )
    less, more = subtract(planned, logged), subtract(logged, planned)
    had = "no RAM" if less else "RAM"
    return f"its kernel had {had} in {address_range((less or more)[0])}"


def _size(spans: list[Span]) -> str:
    return format_size(sum(span.size for span in spans))


def _end(spans: list[Span]) -> int:
    return spans[-1].end if spans else 0
