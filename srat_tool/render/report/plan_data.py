"""A plan as the values that the report's script reads: short names, rows instead of objects.

Addresses are hexadecimal strings, because numbers of a script are exact up to 53 bits only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from srat_tool.base.span import Span
from srat_tool.base.text import printable
from srat_tool.base.units import format_size
from srat_tool.base.words import plural, runs
from srat_tool.kernel.table_events import MemoryMapped
from srat_tool.plan.plan import Plan
from srat_tool.render.plan.facts import ALARMS, facts
from srat_tool.render.plan.pieces import ABSENT, NodePieces, cxl_windows, node_pieces
from srat_tool.render.plan.verdict import verdict

CHAINS = 64
"""Nodes whose chain of reasons is on the page; of any further node `plan --explain` has it."""
DISTANCES = 64
"""Nodes whose distances are on the page as the kernel uses them; the SLIT has those of more."""
RESERVED = 2000


def plan_value(plan: Plan) -> dict[str, Any]:
    """Return everything of a plan that the page shows."""
    nodes = node_pieces(plan)
    return {
        "verdict": [[one.topic, printable(one.text)] for one in verdict(plan, nodes)],
        "facts": [
            [fact.kind.value, printable(fact.text)]
            for fact in facts(plan, nodes)
            if fact.kind not in ALARMS
        ],
        "nodes": _nodes(plan),
        "pieces": _pieces(nodes),
        "sources": _sources(plan),
        "ranges": _ranges(plan),
        "windows": _windows(plan),
        "local": [
            [d.nid, printable(d.what), d.bytes, _hex(d.start), _hex(d.end), int(d.exact)]
            for d in plan.node_local
        ],
        "reserved": [
            [r.start_hex, r.end_hex, r.nid, r.flags, r.what]
            for r in map(_Reserved, plan.reserved[:RESERVED])
        ],
        "distances": _distances(plan),
        "tiers": _tiers(plan),
        "chains": _chains(plan),
        "block": plan.memory_block_bytes,
    }


class _Reserved:
    def __init__(self, region: Any) -> None:
        self.start_hex, self.end_hex = _hex(region.start), _hex(region.end)
        self.nid, self.what = region.nid, printable(region.what)
        self.flags = " ".join(region.flags)


def _hex(address: int | None) -> str | None:
    return None if address is None else f"{address:x}"


def _nodes(plan: Plan) -> list[list[Any]]:
    movable = {start.nid: start.start for start in plan.movable_start}
    return [
        [
            node.nid,
            node.pxm,
            len(node.cpus),
            runs(node.cpus, most=8) if node.cpus else "",
            int(node.memoryless),
            [printable(why) for why in node.kernel_node_because] if node.kernel_node else None,
            _hex(movable.get(node.nid)),
        ]
        for node in plan.nodes
    ]


def _pieces(nodes: Iterable[NodePieces]) -> list[list[Any]]:
    """Return `[node, start, end, zone, marks]`; marks are 1 hot-pluggable and 2 node-local data."""
    return [
        [
            node.nid,
            _hex(piece.span.start),
            _hex(piece.span.end),
            piece.zone,
            piece.hot + 2 * piece.local,
        ]
        for node in nodes
        for piece in node.pieces
        if piece.zone not in ABSENT
    ]


def _sources(plan: Plan) -> list[list[Any]]:
    """Return the memory entries that the kernel read: `[start, end, offset, domain]`."""
    return [
        [_hex(event.span.start), _hex(event.span.end), event.offset, event.pxm]
        for event in plan.events
        if isinstance(event, MemoryMapped)
    ]


def _ranges(plan: Plan) -> list[list[Any]]:
    return [
        [
            _hex(hot.start),
            _hex(hot.end),
            hot.nid,
            hot.pxm,
            printable(hot.verdict),
            printable(hot.because),
            hot.offset,
        ]
        for hot in plan.hotpluggable
    ]


def _windows(plan: Plan) -> list[list[Any]]:
    """Return `[start, end, node, table, what]` of places where memory may be added."""
    rows: list[list[Any]] = []
    cxl = cxl_windows(plan)
    fixed = {window.span: window for window in cxl}
    zones: dict[Span, str] = {}
    for add in plan.hot_add:
        span = Span(add.start, add.end)
        what = f"online: {add.online_zone}, online_movable: {add.online_movable_zone}"
        if not add.aligned:
            what += f"; not aligned to {format_size(plan.memory_block_bytes)}"
        if add.condition:
            what += f"; {add.condition}"
        if span in fixed and fixed[span].pxm is None:
            zones[span] = f"; {what}"
            continue
        rows.append([_hex(add.start), _hex(add.end), add.nid, "SRAT", printable(what)])
    for window in cxl:
        what = f"CXL fixed memory window {window.number}{printable(zones.get(window.span, ''))}"
        if window.stranded_bytes:
            what += f"; {format_size(window.stranded_bytes)} in no whole memory block"
        span = window.span
        rows.append([_hex(span.start), _hex(span.end), window.nid, "CEDT", what])
    return rows


def _distances(plan: Plan) -> dict[str, Any] | None:
    found = plan.distances
    if not 1 < len(found.nids) <= DISTANCES:
        return None
    return {"nids": list(found.nids), "rows": [list(row) for row in found.matrix]}


def _tiers(plan: Plan) -> dict[str, Any] | None:
    late = plan.after_zones
    if late.tiers is None:
        return None
    return {
        "tiers": [[tier.number, list(tier.nids)] for tier in late.tiers.tiers],
        "demotion": [
            [one.nid, list(one.preferred), list(one.fallback)] for one in late.tiers.demotion
        ],
        "top": list(late.tiers.top),
        "adistances": [[nid, value] for nid, value in sorted(late.adistances.items())],
        "why": printable(late.dram.why),
    }


def _chains(plan: Plan) -> dict[str, Any]:
    from srat_tool.plan.explain import explain  # noqa: PLC0415 - only a report has all chains
    from srat_tool.plan.explain_target import find_target  # noqa: PLC0415 - likewise

    shown = plan.nodes[:CHAINS]
    chains = [[n.nid, _step(explain(plan, find_target(plan, str(n.nid))))] for n in shown]
    rest = len(plan.nodes) - len(shown)
    more = f"{plural(rest, 'more node')}: srattool plan --explain NODE" if rest else ""
    return {"nodes": chains, "more": more}


def _step(step: Any) -> list[Any]:
    below = [_step(one) for one in step.steps]
    return (
        [printable(step.text), step.offset, below]
        if below
        else [
            printable(step.text),
            step.offset,
        ]
    )
