"""Why memory can or cannot go, or what happens where there is none: the conclusion first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Span
from srat_tool.base.text import printable
from srat_tool.base.units import align_down, format_size
from srat_tool.base.words import address_range, joined, plural
from srat_tool.kernel.hotplug.events import AddDimm
from srat_tool.observe.seen_blocks import SeenBlocks
from srat_tool.plan.block_values import BlocksAlike
from srat_tool.plan.blocks_now import blocks_now, seen_sentences
from srat_tool.plan.event_values import EventAnswer, GivenEvent
from srat_tool.plan.explain import Step, explain
from srat_tool.plan.explain_target import Target, find_target
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import plan_inputs
from srat_tool.plan.plan import Plan
from srat_tool.plan.read_machine import read_machine
from srat_tool.plan.removability import node_removals
from srat_tool.plan.removal_overview import removal_overview
from srat_tool.tables.srat import MemoryAffinity

_BLOCK = re.compile(r"(?:memory[ _]?)?block\s*(\d{1,12})|memory(\d{1,12})", re.IGNORECASE)
_ENTRY = re.compile(r"entry\s*(?:#\s*)?(\d{1,6})|\+(0x[0-9a-f]{1,8})", re.IGNORECASE)
_NOTHING_TO_DO = "none needed"
_WHERE = "TARGET"
_NO_RANGE = (
    "for another node, the memory device names its domain in _PXM and the SRAT has a hot-pluggable "
    "range of it: srattool advise --dimm SIZE,pxm=N"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """An answer.

    Attributes:
        target: what was asked about.
        conclusion: one sentence.
        remedy: what would change it, or why nothing does.
        chain: from table offset to zone.
        seen: what a running kernel shows of it, as sentences; empty where none does.
        assumptions: inputs that had to be assumed, as sentences.
    """

    target: str
    conclusion: str
    remedy: str
    chain: Step
    assumptions: tuple[str, ...]
    seen: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return printable(f"<Why {self.target}: {self.conclusion}>")


def why(machine: Machine, text: str) -> Why:
    """Answer why a node, an address, a range, a memory block or an SRAT entry is as it is.

    Args:
        machine: the machine.
        text: `node1`, `34G`, `0x840000000-0x103fffffff`, `1T+64G`, `block 17`, `entry 3` or
            `+0x0058`.

    Raises:
        SratToolError: when it is none of these, or there is no plan.
    """
    inputs = read_machine(machine)
    plan = plan_inputs(inputs)
    blocks = blocks_now(plan.blocks.runs, machine.seen_blocks, plan.blocks.size)
    target = _target(plan, inputs.srat_memory, text, machine.seen_blocks)
    if target.nid is not None:
        conclusion, stuck = _of_node(plan, blocks, target.nid)
        nids = [target.nid] if stuck else []
    else:
        conclusion, nids = _of_span(machine, plan, blocks, target.spans[0])
    uncovered = _uncovered(plan, blocks, target)
    return Why(
        target=text,
        conclusion=conclusion,
        remedy=_NO_RANGE if uncovered else _remedy(machine, nids, conclusion),
        seen=seen_sentences(machine.seen_blocks, plan.blocks, target),
        chain=explain(plan, target),
        assumptions=plan.assumed_sentences,
    )


def _target(
    plan: Plan, entries: Sequence[MemoryAffinity], text: str, seen: SeenBlocks | None
) -> Target:
    block = _BLOCK.fullmatch(text.strip())
    if block is not None:
        size = (seen and seen.size) or plan.memory_block_bytes
        start = int(block[1] or block[2]) * size
        return Target(text, None, (Span(start, start + size),))
    entry = _ENTRY.fullmatch(text.strip())
    if entry is None:
        return find_target(plan, text, _WHERE)
    found = _entry(entries, entry)
    if found is None:
        raise SratToolError(
            "no such memory entry",
            where=_WHERE,
            got=repr(text),
            expected=f"entry 0 to entry {len(entries) - 1}, or the offset of one",
        )
    span = Span(found.base_address, found.base_address + found.range_length)
    return Target(text, None, (span,))


def _entry(entries: Sequence[MemoryAffinity], match: re.Match[str]) -> MemoryAffinity | None:
    if match[2] is not None:
        offset = int(match[2], 16)
        return next((entry for entry in entries if entry.offset == offset), None)
    number = int(match[1])
    return entries[number] if number < len(entries) else None


def _of_node(plan: Plan, blocks: Sequence[BlocksAlike], nid: int) -> tuple[str, bool]:
    removal = next((one for one in node_removals(plan, blocks) if one.nid == nid), None)
    if removal is None:
        return f"Node {nid} has no memory: there is nothing to remove.", False
    size = format_size(removal.bytes)
    if removal.answer == "yes":
        return f"Node {nid} can be removed ({size}): {removal.why}.", False
    verb = "cannot be removed" if removal.answer == "no" else "may not be removable"
    return f"Node {nid} {verb} ({size}): {removal.why}.", True


def _of_span(
    machine: Machine, plan: Plan, blocks: Sequence[BlocksAlike], span: Span
) -> tuple[str, list[int]]:
    """Return the conclusion, and the nodes that a remedy is wanted for."""
    found = [run for run in blocks if run.start < span.end and span.start < run.end]
    if not found:
        return _if_added(machine, plan, span), []
    order = ("no", "maybe", "yes")
    worst = min(found, key=lambda run: order.index(run.offline))
    verb = {"no": "cannot go offline", "maybe": "may not go offline", "yes": "can go offline"}
    conclusion = f"{_blocks(plan, span, worst)} {verb[worst.offline]}: {worst.why}."
    stuck = sorted({nid for run in found if run.offline != "yes" for nid in run.nids})
    return conclusion, stuck


def _uncovered(plan: Plan, blocks: Sequence[BlocksAlike], target: Target) -> bool:
    """Return whether neither memory nor a range for it is where the target is."""
    if target.nid is not None or plan.numa_used != "srat":
        return False
    taken = [Span(run.start, run.end) for run in blocks]
    taken += [Span(window.start, window.end) for window in plan.hot_add]
    return not any(map(target.touches, taken))


def _blocks(plan: Plan, span: Span, run: BlocksAlike) -> str:
    size = plan.blocks.size
    first = max(run.start, align_down(span.start, size)) // size
    last = (min(run.end, span.end) - 1) // size
    nodes = joined([str(nid) for nid in run.nids])
    of = f" of node {nodes}" if len(run.nids) == 1 else f" of nodes {nodes}" if nodes else ""
    if first == last:
        return f"Memory block {first}{of}"
    return f"Memory blocks {first} to {last}{of}"


def _if_added(machine: Machine, plan: Plan, span: Span) -> str:
    """Describe what the kernel does when memory appears where there is none."""
    size = plan.memory_block_bytes
    start = align_down(span.start, size)
    end = max(start + size, align_down(span.end + size - 1, size))
    where = f"Nothing is at {address_range(Span(start, end))} yet"
    answer = _added(machine, Span(start, end))
    if answer is None or not answer.accepted:
        error = answer.error if answer is not None else None
        return f"{where}. Memory that is added there is refused ({error or 'the boot ends'})."
    zones = joined(list(dict.fromkeys(zone for run in answer.blocks for zone in run.valid_zones)))
    state = answer.blocks[0].state if answer.blocks else "bound"
    cost = format_size(answer.memmap.bytes) if answer.memmap is not None else "nothing"
    return (
        f"{where}. Memory that is added there without a PXM joins node {answer.nid} "
        f"({answer.why}), {state}, zone {zones}; its memory map takes {cost}."
    )


def _added(machine: Machine, span: Span) -> EventAnswer | None:
    event = GivenEvent("", AddDimm("d0", (span,), None))
    planned = plan_inputs(read_machine(replace(machine, hot_events=(event,))))
    return planned.hot_events[0] if planned.hot_events else None


def _remedy(machine: Machine, nids: Iterable[int], conclusion: str) -> str:
    """Return what makes these nodes removable, or why nothing does unless the conclusion has it."""
    wanted = set(nids)
    if not wanted:
        return _NOTHING_TO_DO
    rows = [node for node in removal_overview(machine).nodes if node.nid in wanted]
    for row in rows:
        if row.never is not None:
            # A block that cannot go offline is the conclusion already.
            why = "" if row.never in conclusion else row.never
            return ": ".join(filter(None, (row.remedy or "none", why)))
    words = f"boot with {' '.join(dict.fromkeys(word for row in rows for word in row.options))}"
    edits = sum(row.edits for row in rows)
    if edits:
        entries = plural(edits, "entry", "entries")
        words += f", and set the Hot Pluggable bit of {entries} of the SRAT"
    return words
