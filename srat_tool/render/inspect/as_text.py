"""Decoded tables as lines of plain text, with styles where colours are available.

Lines consist of `(text, style)` parts. On a terminal `painted.py` gives them to rich; in a pipe
they are joined as they are, which is a hundred times faster and folds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from srat_tool.base.rawtable import RawTable
from srat_tool.base.text import identifier, printable
from srat_tool.base.words import plural
from srat_tool.grammar.header import NO_CHECKSUM
from srat_tool.render.inspect import hexdump
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

Part = tuple[str, str]
Line = tuple[Part, ...]

COLUMNS = ("#", "offset", "type", "domain", "what", "size", "flags")
_RIGHT = frozenset((0, 3, 5))
_FLAGS = len(COLUMNS) - 1
HEADING, WRONG, GOOD, DIM = "heading", "wrong", "good", "dim"


class Style(NamedTuple):
    """How much is shown, and how wide it may be.

    Attributes:
        rows: lines of one list before the rest is only counted; None for all.
        width: columns that a matrix keeps to; None for as many as it has.
        hexdump: whether the bytes are shown too.
    """

    rows: int | None = None
    width: int | None = None
    hexdump: bool = False


def write_plain(tables: Iterable[Inspected], look: Look = DEFAULT) -> Iterator[str]:
    """Yield the lines as they are, for a pipe or a file."""
    plain = (
        "".join([text for text, _ in line]).rstrip() + "\n"
        for line in text_lines(tables, Style(hexdump=look.hexdump))
    )
    if not look.asked_width:
        return plain
    from srat_tool.render.paper.console import fitted_text  # noqa: PLC0415 - it needs rich

    return fitted_text(plain, look.paper)


def text_lines(tables: Iterable[Inspected], style: Style) -> Iterator[Line]:
    """Yield the lines for all tables, an empty one between two."""
    for index, inspected in enumerate(tables):
        if index:
            yield ()
        yield from _table(inspected, style)


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
        yield from _capped(_entries(inspected, beside), style.rows)
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


def _entries(inspected: Inspected, beside: dict[int, list[Defect]]) -> Iterator[Line]:
    """Yield the entries as columns, each followed by what is wrong with it."""
    table = inspected.decoded.table
    runs = list(join_runs(inspected.entries, beside))
    rows = [_cells(run, describe(run, table)) for run in runs]
    lines = _columns((COLUMNS, *rows), _RIGHT, {_FLAGS: _flag_style})
    yield next(lines)
    for run, line in zip(runs, lines, strict=True):
        yield line
        for defect in beside.get(run.first.offset, ()):
            yield _defect(defect, "      ")


def _cells(run: EntryRun, said: tuple[str, ...]) -> tuple[str, ...]:
    last = run.number + run.size - 1
    number = str(run.number) if run.size == 1 else f"{run.number}-{last}"
    return (number, f"0x{run.first.offset:04x}", *said)


def _flag_style(text: str) -> str:
    if text.startswith("disabled"):
        return DIM
    return GOOD if "hot-pluggable" in text else ""


def _columns(
    rows: Sequence[tuple[str, ...]],
    right: frozenset[int],
    styles: Mapping[int, Callable[[str], str]],
) -> Iterator[Line]:
    """Yield rows lined up; the first row is the heading, and empty columns are left out.

    Styled columns come last. The cells without a style are one part: this is the loop that prints
    tens of thousands of rows.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    used = [at for at in range(len(widths)) if any(row[at] for row in rows[1:])]
    final = used[-1] if used else 0
    form = {
        at: "%s"
        if at == final and at not in right
        else f"%{'' if at in right else '-'}{widths[at]}s"
        for at in used
    }
    plain = [at for at in used if at not in styles]
    fill, values = "  ".join(form[at] for at in plain), itemgetter(*plain)
    ends = [(at, _Cells(f"  {form[at]}", styles[at])) for at in used if at in styles]
    yield (("  ".join(form[at] for at in used) % tuple(rows[0][at] for at in used), DIM),)
    for row in rows[1:]:
        yield ((fill % values(row), ""), *[cells[row[at]] for at, cells in ends])


class _Cells(dict[str, Part]):
    """The cells of a styled column: each text that occurs in it is laid out once."""

    def __init__(self, form: str, style: Callable[[str], str]) -> None:
        super().__init__()
        self.form, self.style = form, style

    def __missing__(self, text: str) -> Part:
        part = self[text] = self.form % text, self.style(text)
        return part


def _summary(table: Srat, style: Style) -> Iterator[Line]:
    rows = domain_rows(table)
    if rows:
        yield ()
        lines = _columns((HEADINGS, *rows), frozenset(range(6)), {})
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
