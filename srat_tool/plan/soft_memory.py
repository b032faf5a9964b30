"""Plan what becomes of soft-reserved memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import U64, align_down, align_up
from srat_tool.kernel.late_events import LateEvent
from srat_tool.kernel.late_machine import LateMachine
from srat_tool.kernel.soft_reserved import Claim, DaxDevice, SoftReservedInputs, soft_reserved
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.late_values import SoftReserved
from srat_tool.plan.memory_map import kernel_map, soft_reserved_ranges
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.plan import Alternative
from srat_tool.plan.windows import decoded_windows, target_node
from srat_tool.tables.memmap import MemoryType

if TYPE_CHECKING:
    from srat_tool.kernel.hotplug.state import HotplugState

_ON = ("1", "y", "Y", "on")


class SoftMemory(NamedTuple):
    """Soft-reserved memory, the machine with what kmem made of it, and what that prints."""

    pieces: tuple[SoftReserved, ...]
    machine: LateMachine
    events: tuple[LateEvent, ...]


class _Added(NamedTuple):
    """What kmem made of a device.

    Attributes:
        zone: where its memory is online; None while offline.
        events: what that prints.
        why_not: why there is no memory, or none for certain; empty when there is.
    """

    zone: str | None = None
    events: tuple[LateEvent, ...] = ()
    why_not: str = ""


_NOT_TRIED = _Added()


def soft_memory(outcome: Outcome, machine: LateMachine, *, hmat_used: bool) -> SoftMemory:
    """Let the drivers share soft-reserved memory out, and kmem add what it takes.

    Args:
        outcome: the boot.
        machine: nodes and tiers before any of it.
        hmat_used: the HMAT is used, so that it registers the ranges of its targets first.
    """
    ranges = soft_reserved_ranges(outcome.inputs)
    if not ranges:
        return SoftMemory((), machine, ())
    options = outcome.boot.options
    inputs = SoftReservedInputs(
        ranges=ranges,
        others=_others(outcome.inputs),
        targets=tuple(_targets(outcome)) if hmat_used else (),
        windows=decoded_windows(outcome),
        node_of=lambda address: target_node(outcome, address),
        block=outcome.block_bytes,
        disabled=options.last("dax_hmem.disable") in _ON,
        idle=options.last("dax_hmem.region_idle") in _ON,
    )
    found = soft_reserved(machine.rules, inputs)
    results: dict[Span, _Added] = {}
    events: list[LateEvent] = []
    used = [d for d in dict.fromkeys(piece.device for piece in found) if d is not None]
    taken = [device for device in used if device.mode == "system-ram"]
    state = _running(outcome) if taken else None
    for device in taken:
        if state is not None:
            machine, result = _added(machine, device, state)
            results[device.claim.span] = result
            events += result.events
    shown = (
        (piece, results.get(piece.device.claim.span, _NOT_TRIED))
        if piece.device is not None
        else (piece, _NOT_TRIED)
        for piece in found
    )
    pieces = tuple(
        SoftReserved(
            span=piece.span,
            owner=piece.owner,
            nid=None if piece.device is None else piece.device.claim.nid,
            mode=None if piece.device is None else piece.device.mode,
            usable_bytes=(
                0 if result.why_not else _usable(piece.span, piece.device, outcome.block_bytes)
            ),
            zone=result.zone,
            why=result.why_not or piece.why,
            device=None if piece.device is None else piece.device.claim.span,
        )
        for piece, result in shown
    )
    return SoftMemory(pieces, machine, tuple(events))


def _others(inputs: Inputs) -> tuple[Span, ...]:
    entries = kernel_map(inputs).entries
    return tuple(sorted(e.span for e in entries if e.type != MemoryType.SOFT_RESERVED))


def _targets(outcome: Outcome) -> Iterator[Claim]:
    """Yield the memory ranges of HMAT targets: domain by domain in table order."""
    ranges: dict[int, list[Span]] = {}
    for entry in outcome.inputs.srat_memory:
        if entry.enabled:
            span = Span(entry.base_address, entry.base_address + entry.range_length & U64)
            ranges.setdefault(outcome.inputs.domain_of(entry), []).append(span)
    for pxm, spans in ranges.items():
        for span in sorted(spans):
            yield Claim(span, outcome.numa.pxms.nodes.get(pxm))


def _running(outcome: Outcome) -> HotplugState:
    """Return the machine that kmem adds memory to; few plans need it."""
    from srat_tool.plan.hot_start import start  # noqa: PLC0415

    return start(outcome)


def _added(
    machine: LateMachine, device: DaxDevice, state: HotplugState
) -> tuple[LateMachine, _Added]:
    """Add the memory of a device as kmem does."""
    from srat_tool.kernel.hotplug.simulate import apply_event  # noqa: PLC0415
    from srat_tool.plan.hot_start import dax_device  # noqa: PLC0415

    nid = device.claim.nid or 0
    answer = apply_event(state, dax_device(device.claim.span, nid))
    if answer.accepted is None:
        return machine, _Added(why_not=f"whether kmem can add it is not known: {answer.why}")
    if not answer.accepted:
        reason = answer.why if answer.refusal is None else answer.refusal.text
        return machine, _Added(why_not=f"kmem cannot add it: {reason}")
    machine = machine.with_device(nid)
    zone = state.blocks.within(device.blocks)[0].zone
    if zone is None:
        machine, events = machine.with_node_online(nid)
    else:
        machine, events = machine.with_memory(nid, zone)
    return machine, _Added(zone, tuple(events))


def _usable(span: Span, device: DaxDevice | None, block: int) -> int:
    """Return the bytes of memory blocks that begin in a range or reach into its beginning."""
    part = Span(0, 0) if device is None else device.blocks.clip(span)
    if not part:
        return 0
    return align_up(part.end, block) - align_down(part.start, block)


def firmware_may_decode(outcome: Outcome, pieces: tuple[SoftReserved, ...]) -> list[Alternative]:
    """Return what changes if firmware programmed the CXL decoders of soft-reserved memory."""
    found = []
    for piece in pieces:
        window = next((w for w in decoded_windows(outcome) if w.covers(piece.span)), None)
        if window is None:
            continue
        nid = target_node(outcome, piece.span.start)
        where = f"{piece.span.start:#x}-{piece.span.end - 1:#x}"
        found.append(
            Alternative(
                f"firmware programmed the CXL decoders of {where}",
                f"a CXL region is assembled there, and kmem makes memory of node {nid} of it",
            )
        )
    return found
