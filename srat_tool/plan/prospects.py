"""Boots that would not survive."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.units import format_size
from srat_tool.base.words import joined
from srat_tool.kernel.profile import MemorylessLines
from srat_tool.plan.outcome import Outcome

_PANIC = "Kernel panic - not syncing: Attempted to kill "
_KILLS_IDLE = _PANIC + "the idle task!"
_KILLS_INIT = _PANIC + "init! exitcode=0x00000009"


class Crash(NamedTuple):
    """A boot that ends early.

    Attributes:
        why: the reason.
        panic: the line of the panic.
        has_zonelists: it dies only after the fallback orders of its nodes are built and printed.
    """

    why: str
    panic: str
    has_zonelists: bool = False


def crash(outcome: Outcome) -> Crash | None:
    """Return why the kernel would die early in its boot; None when it would not."""
    why = outcome.boot.died or _ram_without_node(outcome)
    if why is not None:
        return Crash(why, _KILLS_IDLE)
    why = _initiators_without_node(outcome)
    if why is None:
        return None
    # Up to 5.17 such nodes get their pg_data_t; what is missing is their mask of processors.
    by_init = outcome.boot.profile.memoryless is MemorylessLines.EMPTY_RANGE
    return Crash(why, _KILLS_INIT if by_init else _KILLS_IDLE, has_zonelists=True)


def _initiators_without_node(outcome: Outcome) -> str | None:
    """Find nodes of generic initiators that outlive the SRAT that named them.

    Linux: `init_gi_nodes` brings up every node in N_GENERIC_INITIATOR, which is not cleared when
    the kernel falls back to one node; such a node has no pg_data_t.
    """
    info, profile = outcome.numa.info, outcome.boot.profile
    if outcome.numa.used == "srat" or not profile.initiators_stay_online:
        return None
    stale = sorted(info.initiators - info.possible)
    if not stale:
        return None
    several = len(stale) > 1
    nodes = joined([str(nid) for nid in stale])
    whose = f"nodes {nodes} of its initiators" if several else f"its initiator's node {nodes}"
    return (
        f"the SRAT is rejected, but {whose} {'are' if several else 'is'} brought up all the same, "
        f"without any data about {'them' if several else 'it'} (NULL pointer dereference)"
    )


def _ram_without_node(outcome: Outcome) -> str | None:
    lost = [region for region in outcome.boot.memblock.memory if region.nid is None]
    pages = [span for span, nid in outcome.boot.memblock.for_each_mem_pfn_range() if nid is None]
    if not pages:
        return None
    size = format_size(sum(region.size for region in lost))
    where = ", ".join(f"{r.base:#x}-{r.end - 1:#x}" for r in lost[:3])
    cause = "too little for Linux to reject the SRAT"
    if not outcome.boot.profile.fakes_node:
        cause = "this kernel makes no node for RAM that the SRAT leaves out"
    return (
        f"{size} of RAM belongs to no node ({where}): {cause}, "
        "so its struct pages are those of a missing node"
    )
