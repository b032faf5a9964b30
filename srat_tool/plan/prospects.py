"""What nobody can know before the boot, and boots that would not survive."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span, intersect
from srat_tool.base.units import format_size
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.plan import Alternative
from srat_tool.plan.reservations import KERNEL_IMAGE


def crash(outcome: Outcome) -> str | None:
    """Return why the kernel would die setting up its memory map; None when it would not."""
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
    return any(a.what == KERNEL_IMAGE for a in inputs.assumptions) and inputs.is_x86


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
