"""Numbers, ranges and even runs of them, as a spec writes them.

A run is `FIRST..LAST/STEP` of whole numbers, both ends counted (`0..14/2`), and `START+SIZE/STEP`
of ranges, as many as the other columns of the line declare. A range alone is `START+SIZE` or the
half-open `START..END`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from srat_tool.base.errors import SpecError, SratToolError
from srat_tool.base.limits import limits
from srat_tool.base.span import Span
from srat_tool.base.units import exact_size, parse_size

MAX_PER_LINE = 1 << 20
"""Limit: structures, numbers or repetitions that one line may describe."""
_EASY = len("99999K")
_HEX_PIECE = re.compile(r"((?:[0-9a-fA-F]{2})+)(?:\*(\d{1,40}))?")
_RUNS_OF_A_BYTE = re.compile(rb"(.)\1{7,}", re.DOTALL)


class StructureRun(NamedTuple):
    """Vectors that step evenly: `many` of them, or as many as others of the line when None."""

    first: tuple[int, ...]
    step: tuple[int, ...]
    many: int | None = None

    def at(self, index: int) -> tuple[int, ...]:
        """Return the vector number `index`."""
        return tuple(a + index * b for a, b in zip(self.first, self.step, strict=True))


def read_number(text: str) -> int:
    """Read `7`, `0x1f` or `4G`.

    Raises:
        SpecError: when the text is not a number.
    """
    try:
        return parse_size(text)
    except SratToolError as error:
        raise SpecError("not a number", got=repr(text), expected="7, 0x1f or 4G") from error


def write_number(value: int) -> str:
    """Return a field's value: small numbers in decimal, others in hex."""
    return str(value) if value < 256 else hex(value)


def read_numbers(text: str) -> StructureRun:
    """Read a number, or a run `FIRST..LAST` or `FIRST..LAST/STEP` with both ends counted."""
    ends, _, stride = text.partition("/")
    first, dots, last = ends.partition("..")
    start = read_number(first)
    if not dots:
        if stride:
            raise SpecError("a step without a run", got=repr(text), expected="0..14/2")
        return StructureRun((start,), (0,))
    stop, step = read_number(last), read_number(stride) if stride else 1
    count, rest = divmod(abs(stop - start), max(step, 1))
    if step < 1 or rest:
        raise SpecError("the steps do not meet the last number", got=repr(text), expected="0..14/2")
    if count >= MAX_PER_LINE:
        raise SpecError("the run is too long", got=count + 1, expected=f"at most {MAX_PER_LINE}")
    return StructureRun((start,), (step if stop >= start else -step,), count + 1)


def write_numbers(run: StructureRun) -> str:
    """Write what `read_numbers` reads."""
    (first,), (step,) = run.first, run.step
    if not step:
        return str(first)
    stride = "" if abs(step) == 1 else f"/{abs(step)}"
    return f"{first}..{run.at((run.many or 1) - 1)[0]}{stride}"


def read_range(text: str) -> Span:
    """Read one range, `START+SIZE` or `START..END`.

    Raises:
        SpecError: when the text is neither.
    """
    if "/" in text:
        raise SpecError("a step has no place here", got=repr(text), expected="START+SIZE")
    base, size = read_ranges(text).first
    return Span(base, base + size)


def write_range(span: Span) -> str:
    """Write what `read_range` reads, exactly."""
    return f"{write_size(span.start)}+{write_size(span.size)}"


def read_ranges(text: str) -> StructureRun:
    """Read `START+SIZE`, `START..END` or `START+SIZE/STEP` as vectors (start, size).

    In a run without a step the ranges follow one another.
    """
    ends, _, stride = text.partition("/")
    for sign in ("+", ".."):
        start, found, other = ends.partition(sign)
        if found:
            break
    else:
        raise SpecError("not a range", got=repr(text), expected="4G+30G or 4G..34G")
    base, end = read_number(start), read_number(other)
    size = end if sign == "+" else end - base
    if size < 0:
        raise SpecError("the range ends before it begins", got=repr(text))
    return StructureRun((base, size), (read_number(stride) if stride else size, 0))


def write_ranges(run: StructureRun) -> str:
    """Write what `read_ranges` reads."""
    (base, size), (step, _) = run.first, run.step
    stride = f"/{write_size(step)}" if (run.many or 1) > 1 and step != size else ""
    return f"{write_size(base)}+{write_size(size)}{stride}"


def write_size(value: int) -> str:
    """Return a size or an address, exactly: in a unit as long as that is easy to read, else hex."""
    text = exact_size(value) if value else "0"
    return text if len(text) <= _EASY else hex(value)


def read_list(text: str) -> tuple[int, ...]:
    """Read numbers: `0,1,4..7`, `20*15` for fifteen of the same, `-` for none.

    Raises:
        SpecError: when the text is not that.
    """
    values: list[int] = []
    for piece in [] if text == "-" else text.split(","):
        value, star, times = piece.partition("*")
        run = read_numbers(value)
        many = read_number(times) if star else run.many or 1
        if many + len(values) > MAX_PER_LINE:
            raise SpecError("too many numbers", got=piece, expected=f"at most {MAX_PER_LINE}")
        values += (run.at(index)[0] for index in range(many))
    return tuple(values)


def write_list(values: Sequence[int]) -> str:
    """Write what `read_list` reads; four and more equal or successive numbers are joined."""
    pieces = []
    at = 0
    while at < len(values):
        step = values[at + 1] - values[at] if at + 1 < len(values) else 0
        stop = at + 1
        while stop < len(values) and step in (0, 1) and values[stop] - values[stop - 1] == step:
            stop += 1
        if stop - at < 4:
            pieces.append(write_number(values[at]))
            at += 1
            continue
        first, last = write_number(values[at]), write_number(values[stop - 1])
        pieces.append(f"{first}..{last}" if step else f"{first}*{stop - at}")
        at = stop
    return ",".join(pieces) or "-"


def read_hex(text: str) -> bytes:
    """Read bytes: hex digits, `00*64` for a repeated group, pieces joined by commas, `-` for none.

    Raises:
        SpecError: when the text is not that.
    """
    return b"" if text == "-" else gathered(_pieces(text))


def gathered(pieces: Iterable[bytes]) -> bytes:
    """Join what a spec describes piece by piece, within the limit.

    Raises:
        SpecError: as soon as it is more than the bound on specs.
    """
    whole = bytearray()
    for piece in pieces:
        whole += piece
        demand_room(len(whole))
    return bytes(whole)


def demand_room(size: int) -> None:
    """Demand that a spec describes no more bytes than the bound on specs.

    Raises:
        SpecError: when it does.
    """
    bound = limits().spec
    if size > bound:
        raise SpecError(
            "the spec describes too many bytes",
            expected=f"at most {exact_size(bound)}",
            hint="--max-spec",
        )


def _pieces(text: str) -> Iterator[bytes]:
    for piece in text.replace(",", " ").split():
        match = _HEX_PIECE.fullmatch(piece)
        if match is None:
            raise SpecError("not bytes in hex", got=repr(piece), expected="0011aabb or 00*64")
        digits, times = match.groups()
        many = read_number(times) if times else 1
        demand_room(len(digits) // 2 * many)
        yield bytes.fromhex(digits) * many


def write_hex(data: bytes) -> str:
    """Write what `read_hex` reads; eight and more equal bytes become `00*64`."""
    pieces = []
    at = 0
    for match in _RUNS_OF_A_BYTE.finditer(data):
        pieces += [data[at : match.start()].hex(), f"{match[1].hex()}*{len(match[0])}"]
        at = match.end()
    return ",".join(piece for piece in [*pieces, data[at:].hex()] if piece) or "-"
