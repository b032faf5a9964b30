"""Square and oblong tables of numbers: SLIT distances, HMAT latencies and bandwidths.

What a colour shows is also written in words, so that nothing is lost without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from srat_tool.render.inspect.describe import data_type, hierarchy
from srat_tool.tables.hmat import NOT_PROVIDED, UNREACHABLE, Hmat, LatencyBandwidth
from srat_tool.tables.slit import LOCAL_DISTANCE, Slit
from srat_tool.tables.slit import UNREACHABLE as FAR

WIDEST = 120
MAX_COLUMNS = 256
_TOO_WIDE = "; too wide to be read, --format json has it"
MAX_SENTENCES = 12
# From near to far: black on light, white on dark, readable on any background.
_HEAT = (
    "#000000 on #bedc78",
    "#000000 on #f0dc6e",
    "#000000 on #f5b95a",
    "#000000 on #f08c3c",
    "#ffffff on #a01414",
)
_LOCAL = "#000000 on #78c878"
_ODD = "bold #ffffff on #444444"
STYLES = (*_HEAT, _LOCAL, _ODD)
"""The styles that a cell may have."""


class MatrixCell(NamedTuple):
    """One number as it is shown."""

    text: str
    style: str = ""


class Grid(NamedTuple):
    """Rows of cells under a heading.

    Attributes:
        heading: the sentence above it.
        columns: names of the columns, the corner first.
        rows: cells, the first of each row naming it.
        sentences: what the numbers mean, in words.
    """

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[MatrixCell, ...], ...]
    sentences: tuple[str, ...] = ()


class DistanceMatrix:
    """The bytes of a SLIT as rows and columns; of a cut one, the rows that are whole."""

    def __init__(self, table: Slit) -> None:
        count = table.localities
        whole = len(table.entries) // count if count else 0
        self.rows = [table.entries[at * count : (at + 1) * count] for at in range(whole)]
        self.columns = [table.entries[at::count][:whole] for at in range(whole)]
        self.count = count if whole else 0
        self.colors = _colors(b"".join(self.rows))

    def __call__(self, origin: int, target: int) -> int:
        """Return one distance."""
        return self.rows[origin][target]

    def asymmetric(self) -> Iterator[str]:
        """Yield each pair whose two directions differ."""
        square = len(self.rows)
        for at, (row, column) in enumerate(zip(self.rows, self.columns, strict=True)):
            if row[:square] != column:
                for other in range(at + 1, square):
                    if row[other] != column[other]:
                        there, back = row[other], column[other]
                        yield f"{at} to {other} is {there}, {other} to {at} is {back}"

    def unreachable(self) -> Iterator[str]:
        """Yield each pair without a way."""
        for at, row in enumerate(self.rows):
            if FAR in row:
                yield from (f"{at} to {i}" for i, distance in enumerate(row) if distance == FAR)

    def invalid(self) -> Iterator[str]:
        """Yield each number that ACPI does not allow at its place."""
        low = bytes(range(LOCAL_DISTANCE))
        for at, row in enumerate(self.rows):
            if row[at] != LOCAL_DISTANCE:
                yield f"{at} to itself is {row[at]}, not {LOCAL_DISTANCE}"
            if row.translate(None, low) != row:
                wrong = ((i, d) for i, d in enumerate(row) if d < LOCAL_DISTANCE and i != at)
                yield from (f"{at} to {i} is {d}, below {LOCAL_DISTANCE}" for i, d in wrong)

    def alike(self, one: int, two: int) -> bool:
        """Return whether two neighbours see all others, and are seen by them, alike."""
        if max(one, two) >= len(self.rows) or self(one, one) != self(two, two):
            return False
        others = (slice(None, one), slice(two + 1, None))
        return self(one, two) == self(two, one) and all(
            line[one][part] == line[two][part]
            for line in (self.rows, self.columns)
            for part in others
        )

    def groups(self) -> list[range]:
        """Return runs of neighbours that are alike."""
        found: list[range] = []
        for at in range(self.count):
            if found and self.alike(at - 1, at):
                found[-1] = range(found[-1].start, at + 1)
            else:
                found.append(range(at, at + 1))
        return found


def slit_grid(table: Slit) -> Grid:
    """Return the distances, alike neighbours joined where the matrix would be too wide."""
    see = DistanceMatrix(table)
    groups = [range(at, at + 1) for at in range(see.count)]
    count = "1 locality" if table.localities == 1 else f"{table.localities} localities"
    heading = f"{count}, distance from row to column; -- is unreachable"
    if 4 * (see.count + 1) > WIDEST:
        groups = see.groups()
        heading += "; neighbours of equal distance joined, as distance to itself/to each other"
    if len(groups) > MAX_COLUMNS:
        groups, heading = [], heading + _TOO_WIDE
    names = tuple(_name(group) for group in groups)
    rows = tuple(
        (MatrixCell(_name(row)), *(_cell(see, row, column) for column in groups))
        for row in groups
        if row.start < len(see.rows)
    )
    return Grid(heading, ("from\\to", *names), rows, tuple(_slit_sentences(see, table)))


def _slit_sentences(see: DistanceMatrix, table: Slit) -> Iterator[str]:
    yield from _some("invalid", see.invalid())
    yield from _some("asymmetric", see.asymmetric())
    yield from _some("unreachable", see.unreachable())
    if table.tail:
        nature = "zero " if not any(table.tail) else ""
        yield f"{len(table.tail)} {nature}bytes follow the matrix"


def _some(what: str, all_of_them: Iterator[str]) -> Iterator[str]:
    shown = list(islice(all_of_them, MAX_SENTENCES))
    yield from (f"{what}: {one}" for one in shown)
    more = sum(1 for _ in all_of_them)
    if more:
        yield f"{what}: and {more} more"


def _name(group: range) -> str:
    return str(group.start) if len(group) == 1 else f"{group.start}-{group.stop - 1}"


def _cell(see: DistanceMatrix, row: range, column: range) -> MatrixCell:
    distance = see(row.start, column.start)
    text = "--" if distance == FAR else str(distance)
    if row == column and len(row) > 1:
        text += f"/{see(row.start, row.start + 1)}"
    back = column.start < len(see.rows) and see(column.start, row.start)
    odd = distance == FAR or (back is not False and back != distance)
    return MatrixCell(text, _ODD if odd else see.colors[distance])


def _colors(distances: bytes) -> dict[int, str]:
    """Return a colour for each distance: the steps between those that occur are spread evenly."""
    remote = sorted(set(distances) - {LOCAL_DISTANCE, FAR})
    spread = {d: _HEAT[at * len(_HEAT) // len(remote)] for at, d in enumerate(remote)}
    return {LOCAL_DISTANCE: _LOCAL, **spread}


def hmat_grids(table: Hmat) -> Iterator[Grid]:
    """Yield the matrix of each latency or bandwidth structure, in the unit that is named."""
    for entry in table.entries:
        if isinstance(entry, LatencyBandwidth):
            yield _hmat_grid(entry, table.header.revision)


def _hmat_grid(entry: LatencyBandwidth, revision: int) -> Grid:
    unit = _unit(entry, revision)
    heading = (
        f"+0x{entry.offset:04x} {data_type(entry.data_type)}, {hierarchy(entry.hierarchy)}, {unit},"
        " from row to column; - is not provided, -- unreachable"
    )
    width = len(entry.targets)
    if max(width, len(entry.initiators)) > MAX_COLUMNS:
        return Grid(heading + _TOO_WIDE, ("from\\to",), ())
    colors = _value_colors(entry)
    rows = tuple(
        (
            MatrixCell(str(domain)),
            *(_value(entry, row, column, revision, colors) for column in range(width)),
        )
        for row, domain in enumerate(entry.initiators)
    )
    sentences = tuple(_value_sentences(entry, rows))
    return Grid(heading, ("from\\to", *map(str, entry.targets)), rows, sentences)


def _value_colors(entry: LatencyBandwidth) -> dict[int, str]:
    """Return a colour for each entry: from short to long latencies, from wide to narrow."""
    given = sorted(set(entry.entries) - {NOT_PROVIDED, UNREACHABLE}, reverse=not entry.is_latency)
    scale = (_LOCAL, *_HEAT)
    spread = {raw: scale[at * len(scale) // len(given)] for at, raw in enumerate(given)}
    return {UNREACHABLE: _ODD, **(spread if len(given) > 1 else {})}


def _value_sentences(
    entry: LatencyBandwidth, rows: tuple[tuple[MatrixCell, ...], ...]
) -> Iterator[str]:
    """Yield the best and the worst pair, and how many pairs have no number."""
    given = sorted(set(entry.entries) - {NOT_PROVIDED, UNREACHABLE}, reverse=not entry.is_latency)
    if len(given) > 1 and len(entry.entries) == len(entry.targets) * len(rows):
        best, worst = (_first(entry, rows, raw) for raw in (given[0], given[-1]))
        yield f"best {best}, worst {worst}"
    for raw, what in ((NOT_PROVIDED, "not provided"), (UNREACHABLE, "unreachable")):
        count = entry.entries.count(raw)
        if count:
            yield f"{what}: {count} of {len(entry.entries)} pairs"


def _first(entry: LatencyBandwidth, rows: tuple[tuple[MatrixCell, ...], ...], raw: int) -> str:
    row, column = divmod(entry.entries.index(raw), len(entry.targets))
    text = rows[row][1 + column].text
    return f"{text} from {entry.initiators[row]} to {entry.targets[column]}"


def _unit(entry: LatencyBandwidth, revision: int) -> str:
    if entry.data_type > 5:
        return "in an unknown unit"
    name = "ns" if entry.is_latency else "MB/s"
    # Linux: hmat_normalize() divides by ten, rounding up; that is all that is known of the unit.
    return f"in {name} as Linux reads revision 1" if revision == 1 else f"in {name}"


def _value(
    entry: LatencyBandwidth, row: int, column: int, revision: int, colors: dict[int, str]
) -> MatrixCell:
    raw = entry.entry(row, column)
    if raw is None:
        return MatrixCell("?")
    if raw in (NOT_PROVIDED, UNREACHABLE):
        return MatrixCell("-" if raw == NOT_PROVIDED else "--", colors.get(raw, ""))
    value = raw * entry.entry_base_unit
    if revision == 1:
        return MatrixCell(str(-(-value // 10)), colors.get(raw, ""))
    if entry.is_latency:
        whole, rest = divmod(value, 1000)
        text = f"{whole}.{rest:03}".rstrip("0").rstrip(".")
        return MatrixCell(text, colors.get(raw, ""))
    return MatrixCell(str(value), colors.get(raw, ""))
