"""What became of every hot-pluggable range of the SRAT, with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rich.text import Text

from srat_tool.base.span import Span
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, runs
from srat_tool.plan.plan import HotRange
from srat_tool.render.paper.console import Paper, sentence, styled
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import DIM, ERROR, GOOD, HEADING, WARNING

SHOWN = 12
"""Rows of a list before `--details` is needed."""
_RUNS = 3

_HEAD: tuple[str, ...] = ("at", "domain", "node", "range", "size", "verdict")
_VERDICTS = {"movable": GOOD, "reserved": GOOD, "rejected": ERROR, "kernel-node": WARNING}


class HotGroup(NamedTuple):
    """Ranges that follow each other, all of one size and with one verdict; often just one."""

    ranges: tuple[HotRange, ...]

    @property
    def span(self) -> Span:
        """From the first byte of the first to the last byte of the last."""
        return Span(self.ranges[0].start, self.ranges[-1].end)

    @property
    def because(self) -> str:
        """The reason; of several ranges in words that hold for all, empty where none do."""
        if len(self.ranges) == 1:
            return self.ranges[0].because
        reasons = {_reason_of_any(hot) for hot in self.ranges}
        return reasons.pop() if len(reasons) == 1 else ""


def grouped(ranges: Sequence[HotRange]) -> list[HotGroup]:
    """Join neighbours that differ in nothing but their numbers."""
    groups: list[list[HotRange]] = []
    for hot in ranges:
        if groups and _follows(groups[-1][-1], hot):
            groups[-1].append(hot)
        else:
            groups.append([hot])
    return [HotGroup(tuple(group)) for group in groups]


def _reason_of_any(hot: HotRange) -> str:
    """Return the reason without the numbers in which equal ranges differ."""
    words = re.sub(rf"\bnode {hot.nid}\b", "the node", hot.because)
    return re.sub(rf"\b{hot.start:#x}\b", "the first byte", words)


def _follows(last: HotRange, hot: HotRange) -> bool:
    alike = last.verdict == hot.verdict and last.end - last.start == hot.end - hot.start
    if not alike or last.end > hot.start or (last.offset is None) != (hot.offset is None):
        return False
    step = hot.pxm - last.pxm
    if step not in {0, 1} and (step < 0 or _reason_of_any(last) != _reason_of_any(hot)):
        return False
    if last.nid is None or hot.nid is None:
        return last.nid == hot.nid
    return hot.nid - last.nid == step


def hot_lines(
    ranges: Sequence[HotRange], width: int, paper: Paper, *, everything: bool = False
) -> list[Text]:
    """Return a row per range, or per run of neighbours that differ in nothing but their numbers.

    Args:
        ranges: in table order.
        width: hexadecimal digits of an address.
        paper: what is written on.
        everything: one row each, however many.
    """
    groups = [HotGroup((hot,)) for hot in ranges] if everything else grouped(ranges)
    shown = groups if everything else groups[:SHOWN]
    lines = table(_HEAD, [_row(group, width) for group in shown], paper, right=(4,))
    hidden = sum(len(group.ranges) for group in groups[len(shown) :])
    if hidden:
        lines.append(styled(f"  ... and {hidden} more; --details shows all", DIM))
    return lines


def _row(group: HotGroup, width: int) -> list[str | Text]:
    first = group.ranges[0]
    count, reason = len(group.ranges), group.because
    style = _VERDICTS.get(first.verdict, HEADING)
    size = format_size(first.end - first.start)
    return [
        "log" if first.offset is None else f"+0x{first.offset:04x}",
        runs((hot.pxm for hot in group.ranges), most=_RUNS),
        runs((hot.nid for hot in group.ranges if hot.nid is not None), most=_RUNS) or "-",
        address_range(group.span, width),
        size if count == 1 else f"{count} x {size}",
        sentence((first.verdict, style), (f": {reason}" if reason else "", DIM)),
    ]
