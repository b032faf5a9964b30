"""Decoded tables as lines of plain text, with styles where colours are available.

On a terminal `painted.py` gives the lines to rich; in a pipe they are joined as they are, which is
a hundred times faster and folds nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from srat_tool.base.rawtable import RawTable
from srat_tool.base.text import identifier, printable
from srat_tool.base.words import joined, plural
from srat_tool.grammar.header import NO_CHECKSUM
from srat_tool.render.inspect import hexdump
from srat_tool.render.inspect.columns import (
    DIM,
    GOOD,
    HEADING,
    WRONG,
    Line,
    Part,
    columns,
    line_width,
    narrow_columns,
)
from srat_tool.render.inspect.describe import describe
from srat_tool.render.inspect.matrix import Grid, hmat_grids, slit_grid
from srat_tool.render.inspect.record import Inspected, checksum_ok
from srat_tool.render.inspect.runs import EntryRun, join_runs
from srat_tool.render.inspect.summary import HEADINGS, domain_rows
from srat_tool.render.look import DEFAULT, Look
from srat_tool.tables.defect import Defect
from srat_tool.tables.header import OpaqueTable
from srat_tool.tables.hmat import Hmat
from srat_tool.tables.madt import Madt
from srat_tool.tables.msct import Msct
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import Srat

COLUMNS = ("#", "offset", "type", "domain", "what", "size", "flags")
_RIGHT = frozenset((0, 3, 5))
_NAMED = 12
_WHAT, _FLAGS = COLUMNS.index("what"), len(COLUMNS) - 1


class Style(NamedTuple):
    """How much is shown, and how wide it may be.

    Attributes:
        rows: lines of one list before the rest is only counted; None for all.
        width: cells that tables and matrices keep to; None for as many as they have.
        hexdump: whether the bytes are shown too.
    """

    rows: int | None = None
    width: int | None = None
    hexdump: bool = False


def write_plain(tables: Iterable[Inspected], look: Look = DEFAULT) -> Iterator[str]:
    """Yield the lines as they are, for a pipe or a file."""
    width = look.paper.width if look.asked_width else None
    plain = (
        "".join([text for text, _ in line]).rstrip() + "\n"
        for line in text_lines(tables, Style(width=width, hexdump=look.hexdump))
    )
    if width is None:
        return plain
    from srat_tool.render.paper.console import fitted_text  # noqa: PLC0415 - it needs rich

    return fitted_text(plain, look.paper)


def text_lines(tables: Iterable[Inspected], style: Style) -> Iterator[Line]:
    """Yield the lines for all tables, an empty one between two, and first what they are."""
    every = tuple(tables)
    if len(every) > 1:
        yield _overview(every)
    for index, inspected in enumerate(every):
        if index or len(every) > 1:
            yield ()
        yield from _table(inspected, style)


def _overview(tables: Sequence[Inspected]) -> Line:
    """Return `4 tables: CEDT, 3 SRAT; 2 defects in SRAT`."""
    defects = Counter[str]()
    for inspected in tables:
        defects[_name(inspected)] += len(inspected.decoded.defects)
    counts = Counter(map(_name, tables))
    names = [name if count == 1 else f"{count} {name}" for name, count in counts.items()]
    wrong = +defects
    total = f"{plural(wrong.total(), 'defect')} in {_listed(list(wrong))}"
    return (
        (f"{len(tables)} tables", HEADING),
        (f": {_listed(names)}; ", ""),
        (total, WRONG) if wrong else ("no defect", GOOD),
    )


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return joined([*names[:_NAMED], *([f"{rest} others"] if rest > 0 else [])])


def _name(inspected: Inspected) -> str:
    return identifier(inspected.decoded.table.header.signature) or "nameless"


def _table(inspected: Inspected, style: Style) -> Iterator[Line]:
    table = inspected.decoded.table
    yield from _title(inspected)
    if isinstance(table, Srat):
        yield from _summary(table, style)
    offsets = {entry.offset for entry in inspected.entries}
    beside: dict[int, list[Defect]] = {}
    for defect in inspected.decoded.defects:
        if defect.offset in offsets:
            beside.setdefault(defect.offset, []).append(defect)
        else:
            yield _defect(defect)
    if inspected.entries:
        yield ()
        yield from _capped(_entries(inspected, beside, style.width), style.rows)
    for grid in _grids(inspected):
        yield ()
        yield from _matrix(grid, style)
    if style.hexdump:
        yield ()
        yield from _capped((line.parts for line in hexdump.dump(inspected)), style.rows)


def _title(inspected: Inspected) -> Iterator[Line]:
    raw, table = inspected.raw, inspected.decoded.table
    header = table.header
    good = checksum_ok(inspected)
    if header.signature in NO_CHECKSUM:
        yield (identifier(header.signature), HEADING), (f"  {table.size} bytes", "")
        yield from _source(raw)
        yield from _verdict(inspected.decoded.defects)
        return
    yield (
        (identifier(header.signature) or "nameless table", HEADING),
        (f"  revision {header.revision}  {table.size} bytes  checksum ", ""),
        ("ok", GOOD) if good else ("wrong", WRONG),
        (f'  OEM "{identifier(header.oem_id)}" "{identifier(header.oem_table_id)}"', ""),
        (f" {header.oem_revision:#x}", ""),
        (f'  creator "{identifier(header.creator_id)}" {header.creator_revision:#x}', ""),
    )
    yield from _source(raw)
    yield from _verdict(inspected.decoded.defects)
    fixed = _fixed(inspected)
    if fixed:
        yield ((fixed, ""),)


def _verdict(defects: Sequence[Defect]) -> Iterator[Line]:
    """Yield how many defects follow, which may be next to entries far below."""
    if defects:
        first = min(defect.offset for defect in defects)
        where = f"at +0x{first:04x}" if len(defects) == 1 else f"the first at +0x{first:04x}"
        yield (plural(len(defects), "defect"), WRONG), (f", {where}", "")


def _source(raw: RawTable) -> Iterator[Line]:
    inside = f" +{raw.offset:#x}" if raw.offset else ""
    yield ((f"from {printable(raw.origin.label)}{inside}", DIM),)


def _fixed(inspected: Inspected) -> str:
    """Return the fields before the entries as a sentence."""
    table = inspected.decoded.table
    if isinstance(table, Srat):
        odd = f", reserved {table.reserved:#x}" if table.reserved else ""
        return f"table revision {table.table_revision}{odd}"
    if isinstance(table, Madt):
        pcat = ", PC-AT compatible" if table.flags & 1 else ""
        return f"local controllers at {table.local_address:#x}, flags {table.flags:#x}{pcat}"
    if isinstance(table, Msct):
        return (
            f"at most {table.maximum_domains_minus_one + 1} domains,"
            f" {table.maximum_clock_domains_minus_one + 1} clock domains,"
            f" physical addresses up to {table.maximum_address:#x};"
            f" structures from {table.information_offset:#06x}"
        )
    if isinstance(table, Hmat) and table.reserved:
        return f"reserved {table.reserved:#x}"
    if isinstance(table, OpaqueTable):
        return f"{len(table.body)} bytes after the header, which this tool does not decode"
    return ""


def _defect(defect: Defect, indent: str = "") -> Line:
    return (
        (f"{indent}defect", WRONG),
        (f" at +0x{defect.offset:04x}: {printable(defect.message)}", ""),
    )


def _entries(
    inspected: Inspected, beside: dict[int, list[Defect]], width: int | None
) -> Iterator[Line]:
    """Yield the entries as columns, each followed by what is wrong with it."""
    table = inspected.decoded.table
    runs = list(join_runs(inspected.entries, beside))
    rows = [_cells(run, describe(run, table)) for run in runs]
    lines = _entry_lines(rows, width)
    yield from next(lines)
    for run, entry in zip(runs, lines, strict=True):
        yield from entry
        for defect in beside.get(run.first.offset, ()):
            yield _defect(defect, "      ")


def _entry_lines(rows: list[tuple[str, ...]], width: int | None) -> Iterator[tuple[Line, ...]]:
    """Yield the heading, then each row, as lines."""
    lines = columns((COLUMNS, *rows), _RIGHT, {_FLAGS: _flag_style})
    if width is None:
        return ((line,) for line in lines)
    lined = list(lines)
    if max(map(line_width, lined)) <= width:
        return ((line,) for line in lined)
    return narrow_columns((COLUMNS, *rows), _RIGHT, _WHAT, (_FLAGS, _flag_style), width)


def _cells(run: EntryRun, cells: tuple[str, ...]) -> tuple[str, ...]:
    last = run.number + run.size - 1
    number = str(run.number) if run.size == 1 else f"{run.number}-{last}"
    return (number, f"0x{run.first.offset:04x}", *cells)


def _flag_style(text: str) -> str:
    if text.startswith("disabled"):
        return DIM
    return GOOD if "hot-pluggable" in text else ""


def _summary(table: Srat, style: Style) -> Iterator[Line]:
    rows = domain_rows(table)
    if rows:
        yield ()
        lines = columns((HEADINGS, *rows), frozenset(range(6)), {})
        yield from _capped(lines, style.rows)


def _grids(inspected: Inspected) -> Iterator[Grid]:
    table = inspected.decoded.table
    if isinstance(table, Slit):
        yield slit_grid(table)
    elif isinstance(table, Hmat):
        yield from hmat_grids(table)


def _matrix(grid: Grid, style: Style) -> Iterator[Line]:
    """Yield a matrix, cut into blocks of columns where it is wider than the terminal."""
    yield ((grid.heading, ""),)
    width = max(len(text) for row in (grid.columns[1:], *_texts(grid)) for text in (*row, "")) + 1
    names = max(map(len, (grid.columns[0], *(row[0].text for row in grid.rows))))
    room = len(grid.columns) if style.width is None else max(1, (style.width - names - 1) // width)
    for first in range(1, len(grid.columns), room):
        block = slice(first, first + room)
        lines = [((f"{grid.columns[0]:<{names}} ", DIM), *_heads(grid.columns[block], width))]
        for row in grid.rows:
            cells = ((f"{cell.text:>{width}}", cell.style) for cell in row[block])
            lines.append(((f"{row[0].text:>{names}} ", DIM), *cells))
        yield from _capped(lines, style.rows)
    for sentence in grid.sentences:
        yield ((sentence, ""),)


def _texts(grid: Grid) -> Iterator[tuple[str, ...]]:
    return (tuple(cell.text for cell in row[1:]) for row in grid.rows)


def _heads(names: tuple[str, ...], width: int) -> Iterator[Part]:
    return ((f"{name:>{width}}", DIM) for name in names)


def _capped(lines: Iterable[Line], most: int | None) -> Iterator[Line]:
    """Yield at most so many lines, and one that counts the rest."""
    if most is None:
        yield from lines
        return
    left = 0
    for number, line in enumerate(lines):
        if number <= most:
            yield line
        else:
            left += 1
    if left:
        yield ((f"... and {left} more; --all shows them", WRONG),)
