"""What became of every hot-pluggable range of the SRAT, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from srat_tool.base.span import Span
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range
from srat_tool.plan.plan import HotRange
from srat_tool.render.paper.console import Paper, fold, grid, said, sentence
from srat_tool.render.paper.theme import DIM, ERROR, GOOD, HEADING, WARNING

SHOWN = 12
"""Rows of a list before `--ranges` is needed."""
ONE_BY_ONE_UP_TO = 8
"""From nine ranges on neighbours with one verdict share a row."""

_HEAD: tuple[str, ...] = ("at", "domain", "node", "range", "size", "verdict")
_VERDICTS = {"movable": GOOD, "reserved": GOOD, "rejected": ERROR, "kernel-node": WARNING}


class HotGroup(NamedTuple):
    """Ranges of neighbouring nodes, all of one size and with one verdict; mostly just one."""

    ranges: tuple[HotRange, ...]

    @property
    def span(self) -> Span:
        """From the first byte of the first to the last byte of the last."""
        return Span(self.ranges[0].start, self.ranges[-1].end)

    @property
    def because(self) -> str:
        """The reason when all have the same."""
        reasons = {hot.because for hot in self.ranges}
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


def _follows(last: HotRange, hot: HotRange) -> bool:
    if last.nid is None or hot.nid is None:
        return False
    alike = last.verdict == hot.verdict and last.end - last.start == hot.end - hot.start
    return alike and last.nid + 1 == hot.nid and last.pxm + 1 == hot.pxm and last.end <= hot.start


def hot_lines(
    ranges: Sequence[HotRange], width: int, paper: Paper, *, everything: bool = False
) -> list[Text]:
    """Return a line per range, or per group of ranges, and its reason after or below it.

    Args:
        ranges: in table order.
        width: hexadecimal digits of an address.
        paper: what is written on.
        everything: one line each, however many.
    """
    alone = everything or len(ranges) <= ONE_BY_ONE_UP_TO
    groups = [HotGroup((hot,)) for hot in ranges] if alone else grouped(ranges)
    shown = groups if everything else groups[:SHOWN]
    rows = [_HEAD, *(_row(group, width) for group in shown)] if shown else []
    lines = [Text("  ").append_text(line) for line in grid(rows, right=[4])]
    told = _with_reasons(lines, ["", *(group.because for group in shown)][: len(lines)], paper)
    hidden = sum(len(group.ranges) for group in groups[len(shown) :])
    if hidden:
        told.append(said(f"  ... and {hidden} more; --ranges shows all", DIM))
    return told


def _row(group: HotGroup, width: int) -> list[str | Text]:
    first, last = group.ranges[0], group.ranges[-1]
    count = len(group.ranges)
    size = format_size(first.end - first.start)
    return [
        "log" if first.offset is None else f"+0x{first.offset:04x}",
        _numbers(first.pxm, last.pxm),
        "-" if first.nid is None else _numbers(first.nid, last.nid or first.nid),
        address_range(group.span, width),
        size if count == 1 else f"{count} x {size}",
        said(first.verdict, _VERDICTS.get(first.verdict, HEADING)),
    ]


def _numbers(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}-{last}"


def _with_reasons(lines: Sequence[Text], reasons: Sequence[str], paper: Paper) -> list[Text]:
    """Put all reasons after their lines where all fit, else all below them."""
    whole = [
        sentence(line, ": ", (reason, DIM)) if reason else line
        for line, reason in zip(lines, reasons, strict=True)
    ]
    if not paper.folds or all(cell_len(line.plain) <= paper.width for line in whole):
        return whole
    return [
        told
        for line, reason in zip(lines, reasons, strict=True)
        for told in (line, *_below(reason, paper))
    ]


def _below(reason: str, paper: Paper) -> list[Text]:
    return fold(sentence(" " * 6, (reason, DIM)), paper, hanging=6) if reason else []
