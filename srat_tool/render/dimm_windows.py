"""Ranges for planned DIMMs as text."""

from __future__ import annotations

from rich.text import Text

from srat_tool.base.units import exact_size, format_size
from srat_tool.base.words import address_range, joined, plural
from srat_tool.plan.dimm_windows import DimmWindow, DimmWindows
from srat_tool.render.paper.console import Paper, fold, sentence, styled
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import DIM, ERROR, GOOD, HEADING, WARNING

_COLUMNS = ("domain", "node", "range", "size", "DIMMs", "in the SRAT", "zone", "memory map")


def dimm_windows_lines(answer: DimmWindows, paper: Paper) -> list[Text]:
    """Return the answer, a row per range, the entries to add, the rules and what was assumed."""
    lines = fold(_verdict(answer), paper, hanging=2)
    for why in answer.because:
        lines += fold(sentence("  because ", why), paper, hanging=4)
    if answer.windows:
        lines += table(_COLUMNS, [_row(one) for one in answer.windows], paper, right=(0, 1, 3))
    new = [window for window in answer.windows if not window.there]
    if answer.possible and new:
        lines.append(styled("entries to add, as a spec of srattool build has them:", HEADING))
        lines += [styled(f"  {_entry(window)}") for window in new]
    if answer.rules:
        lines.append(styled("rules:", HEADING))
    for rule in answer.rules:
        lines += fold(sentence("  ", rule), paper, hanging=4)
    for warning in answer.warnings:
        lines += fold(sentence(("warning", WARNING), f": {warning}"), paper, hanging=2)
    for assumed in answer.assumptions:
        lines += fold(sentence(("assumed", DIM), f": {assumed}"), paper, hanging=2)
    return lines


def _verdict(answer: DimmWindows) -> Text:
    kernel = f"(kernel {answer.kernel})"
    if not answer.possible:
        return sentence(("no", ERROR), f": these DIMMs cannot all be added {kernel}")
    count = sum(len(window.places) for window in answer.windows)
    new = sum(not window.there for window in answer.windows)
    how = f"with {plural(new, 'new range')} of the SRAT" if new else "in the ranges that are there"
    return sentence(("yes", GOOD), f": {plural(count, 'DIMM')} can be added {how} {kernel}")


def _row(window: DimmWindow) -> list[str | Text]:
    zones = dict.fromkeys(place.zone or "stays offline" for place in window.places)
    where = "" if window.memmap_nid is None else f" on node {window.memmap_nid}"
    return [
        str(window.pxm),
        "-" if window.nid is None else str(window.nid),
        address_range(window.span),
        format_size(window.span.size),
        _sizes(window),
        "yes" if window.there else "to be added",
        ", ".join(zones),
        f"{format_size(window.memmap_bytes)}{where}" if window.memmap_bytes else "-",
    ]


def _sizes(window: DimmWindow) -> str:
    """Return `4 x 64G`, for each size."""
    counts: dict[int, int] = {}
    for place in window.places:
        counts[place.span.size] = counts.get(place.span.size, 0) + 1
    return joined([f"{count} x {format_size(size)}" for size, count in counts.items()])


def _entry(window: DimmWindow) -> str:
    start, size = window.span.start, exact_size(window.span.size)
    return f"mem {window.pxm} {start:#x}+{size} hotplug"
