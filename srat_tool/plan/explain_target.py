"""What an explanation is asked about: a node, an address or a range."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Span, union
from srat_tool.base.units import PAGE_SIZE, U64, parse_size
from srat_tool.base.words import runs
from srat_tool.kernel.table_events import MemoryMapped
from srat_tool.plan.plan import Plan

_NODE = re.compile(r"(?:nodes?\s*)?(\d{1,4})", re.IGNORECASE)
_SIZED = re.compile(r"([^-+\s\]]+?)\s*\+\s*([^-+\s\]]+?)")
_RANGE = re.compile(r"\[?(?:mem )?\s*([^-+\s\]]+?)\s*(?:-|\.\.)\s*([^-+\s\]]+?)\s*\]?")
_WHERE = "--explain"


class Target(NamedTuple):
    """What is asked about: a node, or addresses of any node; `spans` are sorted and disjoint."""

    text: str
    nid: int | None
    spans: tuple[Span, ...]

    def touches(self, span: Span) -> bool:
        """Return whether `span` shares a byte with what is asked about."""
        at = bisect_right(self.spans, span.start, key=lambda mine: mine.end)
        return at < len(self.spans) and self.spans[at].overlaps(span)


def is_target(text: str) -> bool:
    """Return whether a word reads as a node, an address or a range."""
    try:
        return bool(_NODE.fullmatch(text)) or bool(_span(text, _WHERE))
    except SratToolError:
        return False


def find_target(plan: Plan, text: str, where: str = _WHERE) -> Target:
    """Read `node1`, `1`, `0x880000000`, `34G`, `0x0-0x9ffff`, `4G-8G` or `4G+4G`.

    The end of a range is its last byte when it is written as the kernel writes it
    (`0x...fff`), else the first byte after.

    Args:
        plan: the plan.
        text: the target.
        where: how the user gave it, for messages.

    Raises:
        SratToolError: when it is none of these, or no such node exists.
    """
    match = _NODE.fullmatch(text)
    if match is None:
        return Target(text, None, (_span(text, where),))
    nid = int(match[1])
    if all(node.nid != nid for node in plan.nodes):
        raise SratToolError(
            "no such node",
            where=where,
            got=text,
            expected=f"one of {runs(n.nid for n in plan.nodes)}",
        )
    return node_target(nid, spans_by_node(plan)[nid])


def node_target(nid: int, spans: list[Span]) -> Target:
    """Return a node, with the ranges that belong to it, as a target."""
    return Target(f"node {nid}", nid, tuple(union(spans)))


def spans_by_node(plan: Plan) -> dict[int, list[Span]]:
    """Return what belongs to each node of the plan: RAM, windows and entries of the SRAT."""
    found = {node.nid: list(node.ranges) for node in plan.nodes}
    for group in (plan.memory, plan.hotpluggable, plan.hot_add):
        for item in group:
            if item.nid in found:
                found[item.nid].append(Span(item.start, item.end))
    if plan.numa_used == "srat":
        for event in plan.events:
            if isinstance(event, MemoryMapped) and event.nid in found and event.span:
                found[event.nid].append(event.span)
    return found


def _span(text: str, where: str) -> Span:
    sized = _SIZED.fullmatch(text.strip())
    match = sized or _RANGE.fullmatch(text)
    if match is None:
        address = _address(text, text, where)
        return Span(address, address + 1)
    first, last = (_address(word, text, where) for word in match.groups())
    end = last + 1 if (last + 1) % PAGE_SIZE == 0 else last
    if sized is not None:
        end = first + last
    if end <= first or end > U64 + 1:
        if end > first:
            raise SratToolError("the range ends above 2^64", where=where, got=repr(text))
        swapped = end < first
        hint = "-".join(reversed(match.groups())) if swapped else None
        what = "the range ends before it begins" if swapped else "the range is empty"
        raise SratToolError(what, where=where, got=repr(text), hint=hint)
    return Span(first, end)


def _address(word: str, text: str, where: str) -> int:
    try:
        address = parse_size(word)
    except SratToolError as error:
        raise SratToolError(
            "not a node, an address or a range",
            where=where,
            got=repr(text),
            expected="node1, 34G, 0x840000000-0x103fffffff or 4G+2G",
        ) from error
    if address > U64:
        raise SratToolError("an address above 2^64", where=where, got=repr(text))
    return address
