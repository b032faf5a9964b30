"""Boot memory by memory block as text: one line for equal neighbours."""

from __future__ import annotations

from rich.text import Text

from srat_tool.base.span import Span
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, digits, plural
from srat_tool.plan.block_values import BlocksAlike, MemoryBlocks, Offline
from srat_tool.render.paper.console import Paper, fold, sentence, styled
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import DIM, HEADING

_ANSWERS: dict[Offline, str] = {
    "yes": "can go offline",
    "maybe": "while no kernel page is in it",
    "no": "cannot",
}
_COLUMNS = ("blocks", "addresses", "size", "node", "zone", "offline", "why")


def blocks_lines(blocks: MemoryBlocks, paper: Paper) -> list[Text]:
    """Return the sums, then the table, then what was assumed."""
    lines = fold(styled(summary(blocks), HEADING), paper, hanging=2)
    assumed = [
        line
        for one in blocks.assumptions
        for line in fold(sentence(("assumed", DIM), f": {one}"), paper, hanging=2)
    ]
    if not blocks.runs:
        return [*lines, *assumed]
    width = digits(Span(run.start, run.end) for run in blocks.runs)
    rows = [_row(run, blocks.size, width) for run in blocks.runs]
    return [*lines, Text(), *table(_COLUMNS, rows, paper, right=(2,)), *assumed]


def summary(blocks: MemoryBlocks) -> str:
    """Return how much can go offline, in one line."""
    if not blocks.runs:
        return "no memory blocks"
    count = sum(run.end - run.start for run in blocks.runs) // blocks.size
    parts = [f"{format_size(_bytes(blocks, name))} {text}" for name, text in _ANSWERS.items()]
    return f"{plural(count, 'memory block')} of {format_size(blocks.size)}: {', '.join(parts)}"


def _bytes(blocks: MemoryBlocks, answer: Offline) -> int:
    return sum(run.end - run.start for run in blocks.runs if run.offline == answer)


def _row(run: BlocksAlike, size: int, width: int) -> list[str | Text]:
    first, last = run.start // size, run.end // size - 1
    return [
        str(first) if first == last else f"{first}-{last}",
        address_range(Span(run.start, run.end), width),
        format_size(run.end - run.start),
        "-" if run.nid is None else str(run.nid),
        ",".join(run.zones) or "-",
        run.offline,
        run.why,
    ]
