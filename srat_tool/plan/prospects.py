"""What nobody can know before the boot, and boots that would not survive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.base.span import Span, intersect
from srat_tool.base.units import format_size
from srat_tool.base.words import joined
from srat_tool.kernel.profile import MemorylessLines
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.plan import Alternative
from srat_tool.plan.reservations import KERNEL_IMAGE

_PANIC = "Kernel panic - not syncing: Attempted to kill "
_KILLS_IDLE = _PANIC + "the idle task!"
_KILLS_INIT = _PANIC + "init! exitcode=0x00000009"


class Crash(NamedTuple):
    """A boot that ends early: why, and the line of the panic."""

    why: str
    panic: str


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
    return Crash(why, _KILLS_INIT if by_init else _KILLS_IDLE)


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
    nodes = joined([str(nid) for nid in stale])
    return (
        f"the SRAT is rejected, but {'nodes' if len(stale) > 1 else 'node'} {nodes} of its generic "
        "initiators are brought up all the same, without any data about them (NULL pointer "
        "dereference)"
    )


def _ram_without_node(outcome: Outcome) -> str | None:
    lost = [region for region in outcome.boot.memblock.memory if region.nid is None]
    pages = [span for span, nid in outcome.boot.memblock.for_each_mem_pfn_range() if nid is None]
    if not pages:
        return None
    size = format_size(sum(region.size for region in lost))
    where = ", ".join(f"{r.base:#x}-{r.end - 1:#x}" for r in lost[:3])
    return (
        f"{size} of RAM belongs to no node ({where}): too little for Linux to reject the SRAT, "
        "so the memory map of that RAM is set up for a node that does not exist"
    )


def alternatives(outcome: Outcome) -> tuple[Alternative, ...]:
    """Return what changes if the kernel image lies on another node (KASLR)."""
    return tuple(_image_elsewhere(outcome)) if _image_can_move(outcome) else ()


def _image_can_move(outcome: Outcome) -> bool:
    inputs = outcome.inputs
    if inputs.options.has("nokaslr") or inputs.log.kaslr_disabled:
        return False
    return any(a.what == KERNEL_IMAGE for a in inputs.assumptions) and inputs.arch.has_e820


def _image_elsewhere(outcome: Outcome) -> Iterator[Alternative]:
    """Go over the nodes on which the boot stub could put the image: those with non-hot memory."""
    image = outcome.boot.profile.arch.kernel_image
    for nid, spans in _slots(outcome).items():
        starts_movable = nid in outcome.starts
        if nid in outcome.kernel_nodes or not any(span.size >= image for span in spans):
            continue
        loses = "ZONE_MOVABLE of it disappears" if starts_movable else "no zone changes"
        yield Alternative(
            f"KASLR puts the kernel on node {nid}", f"node {nid} becomes a kernel node: {loses}"
        )


def _slots(outcome: Outcome) -> dict[int, list[Span]]:
    """Return, by node, the RAM that the boot stub may use.

    It looks at the hot-pluggable bit of every entry, enabled or not; all entries hot means all RAM.
    """
    memory = outcome.inputs.srat_memory
    cold = [
        Span(entry.base_address, entry.base_address + entry.range_length)
        for entry in memory
        if not entry.hot_pluggable and entry.range_length
    ]
    slots: dict[int, list[Span]] = {}
    for region in outcome.boot.memblock.memory:
        if region.nid is not None:
            usable = intersect([region.span], cold) if cold else [region.span]
            slots.setdefault(region.nid, []).extend(usable)
    return slots
