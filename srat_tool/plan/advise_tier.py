"""The question backwards: which numbers of the HMAT put a node into another memory tier.

The kernel's own function is asked about one number after another, by bisection.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from srat_tool.base.errors import BootOptionError
from srat_tool.base.words import joined
from srat_tool.kernel.access import Coordinate
from srat_tool.kernel.history_late import LATE_HISTORY
from srat_tool.kernel.hmat_locality import NumberSource
from srat_tool.kernel.late_rules import MemoryTierRule
from srat_tool.kernel.memory_tiers import (
    MEMTIER_ADISTANCE_DRAM,
    MEMTIER_CHUNK_BITS,
    DramPerformance,
    mt_perf_to_adistance,
)
from srat_tool.plan.late_values import AfterZones
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan

_MAX_NUMBER = 1_000_000
"""Numbers are looked for up to 1 ms and 1 TB/s."""
_BEYOND = 1 << 31
"""More than the number of any tier."""


class Bounds(NamedTuple):
    """The least and the greatest number that do; both count."""

    least: int
    most: int


class TierMove(NamedTuple):
    """What puts a node into a tier; each alone does, the other numbers staying as they are.

    Attributes:
        number: the tier.
        nids: other nodes that are in it.
        latency: of reading and of writing, in ns; None where no latency does.
        bandwidth: of reading and of writing, in MB/s; None where no bandwidth does.
    """

    number: int
    nids: tuple[int, ...]
    latency: Bounds | None
    bandwidth: Bounds | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TierAdvice:
    """An answer.

    Attributes:
        nid: the node.
        kernel: the profile.
        number: its tier now; None where there are none.
        adistance: its abstract distance.
        coordinate: its numbers, from the best processors.
        moves: by tier, fastest first; empty where its numbers decide nothing.
        because: what else decides, and what would change that.
        sources: the entries of the HMAT that give its numbers now.
    """

    nid: int
    kernel: str
    number: int | None
    adistance: int | None
    coordinate: Coordinate | None
    moves: tuple[TierMove, ...]
    because: tuple[str, ...]
    sources: Mapping[str, NumberSource]

    def __repr__(self) -> str:
        return f"<TierAdvice for node {self.nid}: tier {self.number}, {len(self.moves)} others>"


def advise_tier(machine: Machine, nid: int) -> TierAdvice:
    """Find what would put a node into another memory tier.

    Args:
        machine: the machine.
        nid: the node, by Linux's number.

    Raises:
        BootOptionError: when it has no such node.
    """
    plan = make_plan(machine)
    known = sorted(node.nid for node in plan.nodes)
    if nid not in known:
        raise BootOptionError(
            "no such node",
            where="--tier",
            got=str(nid),
            expected=f"one of {joined([str(one) for one in known], 'or')}",
        )
    late = plan.after_zones
    classes = None if late.machine is None else late.machine.hmat.classes.get(nid)
    numbers = None if classes is None else classes[1].coordinate
    adistance = late.adistances.get(nid)
    because = tuple(_because(plan, late, nid, numbers))
    counts = not because and numbers is not None
    return TierAdvice(
        nid=nid,
        kernel=plan.kernel.profile,
        number=None if adistance is None else adistance >> MEMTIER_CHUNK_BITS,
        adistance=adistance,
        coordinate=numbers,
        moves=tuple(_moves(late, nid, numbers)) if counts and numbers is not None else (),
        because=because,
        sources={} if late.sources is None else late.sources(nid),
    )


def _because(plan: Plan, late: AfterZones, nid: int, numbers: Coordinate | None) -> Iterator[str]:
    """Yield why the numbers of a node do not decide its tier; nothing where they do."""
    if nid not in late.adistances:
        yield (
            f"node {nid} has no memory when user space begins: its first memory decides"
            if late.tiers is not None
            else late.dram.why
        )
        return
    if late.dram.algorithm != "hmat":
        yield late.dram.why
        yield from _what_helps(late)
        return
    node = next(one for one in plan.nodes if one.nid == nid)
    if late.has_default_type(nid):
        yield (
            f"this kernel puts memory that no driver adds into tier {_DRAM_TIER}: "
            f"{_since(MemoryTierRule.HMAT)} its numbers decide"
        )
    elif late.dram.reference is not None and late.dram.reference.nid == nid:
        yield f"node {nid} is the reference: its own numbers always put it into tier {_DRAM_TIER}"
    elif node.cpus:
        yield (
            f"node {nid} has processors: where its numbers differ by more than 10 % from those of "
            "the reference, no node gets a tier by its numbers"
        )
    elif numbers is None or not numbers.is_complete:
        yield (
            f"the HMAT gives node {nid} no latency or no bandwidth from processors: with both, "
            "they decide"
        )


_DRAM_TIER = MEMTIER_ADISTANCE_DRAM >> MEMTIER_CHUNK_BITS


def _since(rule: MemoryTierRule) -> str:
    since = next(row for row in LATE_HISTORY if row.rules.memory_tiers is rule).since
    return f"since Linux {'.'.join(map(str, since))}"


def _what_helps(late: AfterZones) -> Iterator[str]:
    """Yield what would let the HMAT decide about tiers."""
    if late.dram.algorithm == "absent":
        yield (
            f"{_since(MemoryTierRule.KMEM)} the numbers of the HMAT decide about memory that kmem "
            f"adds, {_since(MemoryTierRule.HMAT)} about all memory"
        )
    elif late.dram.mismatch is not None:
        one = late.dram.mismatch
        yield (
            f"numbers of node {one.nid} that differ by at most 10 % from those of node "
            f"{one.reference} would let the HMAT decide"
        )
    else:
        yield (
            "an HMAT that gives every node with memory and processors a latency and a bandwidth "
            "would decide"
        )


def _moves(late: AfterZones, nid: int, numbers: Coordinate) -> Iterator[TierMove]:
    """Yield the tiers of the other nodes, that of DRAM, and the neighbours of its own."""
    now = late.adistances[nid] >> MEMTIER_CHUNK_BITS
    others = {tier.number: tier.nids for tier in late.tiers.tiers} if late.tiers else {}
    wanted = {*others, _DRAM_TIER, now - 1, now + 1} - {now}

    def with_latency(value: int) -> int:
        return _tier(late.dram, numbers._replace(read_latency=value, write_latency=value))

    def with_bandwidth(value: int) -> int:
        narrow = numbers._replace(read_bandwidth=value, write_bandwidth=value)
        return -_tier(late.dram, narrow)

    for number in sorted(one for one in wanted if one >= 0):
        latency, bandwidth = _found(with_latency, number), _found(with_bandwidth, -number)
        if latency or bandwidth:
            nids = tuple(one for one in others.get(number, ()) if one != nid)
            yield TierMove(number, nids, latency, bandwidth)


def _tier(dram: DramPerformance, numbers: Coordinate) -> int:
    """Return the tier of some numbers; what wraps counts as slower than any tier there is."""
    found = mt_perf_to_adistance(dram, numbers)
    if found is None:
        return 0
    return _BEYOND if found.wraps else found.adistance >> MEMTIER_CHUNK_BITS


def _found(tier_of: Callable[[int], int], number: int) -> Bounds | None:
    """Return the numbers for which a function that grows has a value."""
    values = range(1, _MAX_NUMBER + 1)
    least, after = (bisect(values, number, key=tier_of) for bisect in (bisect_left, bisect_right))
    return Bounds(values[least], values[after - 1]) if least < after else None
