"""Dumps in any other form: words of 1 to 8 bytes, rows of any width, numbers of any base.

`od` and `od -t x4`, `hexdump -b`, `hexdump -e`, `xxd -e`, debuggers, boot loaders, shells of
firmware and a kernel's own dumps print them. Which form a text has is not known: one is taken in
which the bytes are a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from srat_tool.base.rawtable import OriginKind
from srat_tool.sources import blob, hexrows
from srat_tool.sources.plain import is_text
from srat_tool.sources.reader import Piece, Reader
from srat_tool.tables.header import HEADER_SIZE

_HEAD = 8192
_BASES = (16, 8, 10)
_WORD = rb"(?<![0-9A-Za-z.])%b(?![0-9A-Za-z])"
_BETWEEN = rb"[ \t,]{0,4}[ \t,-][ \t]{0,4}"
# The minus of a number is no mark between two of them.
_BETWEEN_DECIMALS = rb"[ \t,]{1,9}"
_OFFSET = re.compile(rb"(?:^|[^0-9A-Za-z`])(?:0[xX])?([0-9A-Fa-f`]{2,17})h?[:>|]?[ \t|\[]*$")
# What a row of any form has: a word that follows an offset or another word. Most texts have none.
_FOLLOWING = re.compile(
    rb"(?<![0-9A-Za-z.])(?:0[xX])?[0-9A-Fa-f`]{2,17}h?[ \t,:>|\[-]{1,9}(?:0[xX])?[0-9A-Fa-f]{2,16}"
    rb"(?![0-9A-Za-z])"
)
_STAR = re.compile(rb"[ \t]*\*[ \t]*\r?$")
_LONGEST_LINE = 4096


class _WordForm(NamedTuple):
    """How words are printed: their bytes, the base, a pattern for the digits, and the order."""

    size: int
    base: int
    digits: bytes
    swapped: bool = False

    def bytes_of(self, words: Iterable[bytes]) -> bytes:
        """Return the bytes of words in the order in which they are printed; empty for no bytes."""
        if self.base == _HEX:
            return bytes.fromhex(b"".join(words).decode("ascii"))
        numbers = [int(word, self.base) for word in words]
        above = 1 << 8 * self.size
        if max(numbers) >= above or min(numbers) < -above // 2:
            return b""
        return b"".join((number % above).to_bytes(self.size, "big") for number in numbers)


_HEX, _OCTAL, _DECIMAL = _BASES
_FORMS = (
    *(_WordForm(size, _HEX, rb"(?:0[xX])?([0-9A-Fa-f]{%d})" % (2 * size)) for size in (1, 2, 4, 8)),
    *(_WordForm(size, _OCTAL, rb"([0-7]{%d})" % -(-8 * size // 3)) for size in (1, 2, 4)),
    *(_WordForm(size, _DECIMAL, rb"(-?[0-9]{1,%d})" % most) for size, most in ((1, 3), (2, 5))),
)


class _WordRow(NamedTuple):
    """Bytes of one line, with the digits of its offset; a `*` is above it."""

    offset: bytes
    data: bytes
    starred: bool

    def swapped(self, size: int) -> _WordRow:
        """Return the row with the bytes of each word of a size in the other order."""
        words = (self.data[at : at + size][::-1] for at in range(0, len(self.data), size))
        return self._replace(data=b"".join(words))


class Dump(NamedTuple):
    """The bytes of a dump, and where a row is missing; None where none is."""

    data: bytes
    gap: int | None


def sniff(data: bytes) -> bool:
    """Return whether there is a form in which the text is the bytes of a table."""
    head = data[:_HEAD]
    return is_text(head) and _form(head) is not None


def is_whole(data: bytes) -> bool:
    """Return whether there is such a form, and no row is missing near the beginning."""
    head = data[:_HEAD]
    form = _form(head)
    return form is not None and _dump(head, form).gap is None


def read(piece: Piece, reader: Reader) -> None:
    """Take the table, up to the first row that is missing."""
    form = _form(piece.whole[:_HEAD])
    if form is None:
        return
    found = _dump(piece.whole, form)
    label = piece.origin.label
    if found.gap is not None:
        at = f"a row is missing at {found.gap:#06x}"
        reader.refuse(label, f"{at}; the table ends there")
    limit = reader.limits.table if piece.depth else reader.limits.whole_file
    length = blob.stated_length(found.data)
    # The last word may be filled up with zeros.
    is_filled = 0 <= len(found.data) - length < form.size
    data = found.data[:length] if is_filled else found.data
    reader.table(piece.origin._replace(kind=OriginKind.ACPIDUMP), data, limit=limit)
    reader.opened(label, "hex dump of one table", len(piece.whole), piece.depth)


def _form(head: bytes) -> _WordForm | None:
    """Return how words are printed where the bytes are a table; None for no form that fits."""
    if _FOLLOWING.search(head) is None:
        return None
    for form in _FORMS:
        rows = list(_rows(head, form))
        for swapped in (False, True) if form.size > 1 else (False,):
            data = _joined_rows([row.swapped(form.size) for row in rows] if swapped else rows).data
            if len(data) >= HEADER_SIZE and blob.sniff(data):
                return form._replace(swapped=swapped)
    return None


def _dump(text: bytes, form: _WordForm) -> Dump:
    rows = _rows(text, form)
    return _joined_rows([row.swapped(form.size) if form.swapped else row for row in rows])


def _joined_rows(rows: Sequence[_WordRow]) -> Dump:
    placed = max((_placed(rows, base) for base in _BASES), key=_fitting, default=[])
    if 2 * _fitting(placed) < len(rows) - 1 or len(placed) < 2:
        return _without_offsets([row.data for row in rows])
    return _joined(placed)


def _placed(rows: Sequence[_WordRow], base: int) -> list[tuple[int, _WordRow]]:
    """Return the rows whose offset is a number of a base, with it."""
    placed = []
    for row in rows:
        try:
            placed.append((int(row.offset, base), row))
        except ValueError:
            continue
    return placed


def _fitting(placed: Sequence[tuple[int, _WordRow]]) -> int:
    """Return how many rows follow the one before as the second follows the first."""
    steps = [after - at for (at, _), (after, _) in pairwise(placed)]
    if not steps or not 0 < steps[0] <= len(placed[0][1].data):
        return 0
    return sum(step == steps[0] for step in steps)


def _rows(text: bytes, form: _WordForm) -> Iterator[_WordRow]:
    word = _WORD % form.digits
    between = _BETWEEN_DECIMALS if form.base == _DECIMAL else _BETWEEN
    run = re.compile(word + rb"(?:%b%b)*" % (between, word))
    one = re.compile(word)
    starred = False
    for line in text.split(b"\n"):
        runs = run.finditer(line) if len(line) < _LONGEST_LINE else ()
        match = max(runs, key=lambda found: len(found[0]), default=None)
        if match is None:
            starred = starred or _STAR.match(line) is not None
            continue
        data = form.bytes_of(one.findall(match[0]))
        offset = _OFFSET.search(line[: match.start()])
        digits = b"" if offset is None else offset[1].replace(b"`", b"")
        if data:
            yield _WordRow(digits, data, starred)
        starred = False


def _without_offsets(rows: Sequence[bytes]) -> Dump:
    """Join rows that are as long as the first; a shorter one is the last."""
    shorter = next((n for n, row in enumerate(rows) if len(row) != len(rows[0])), len(rows))
    return Dump(b"".join(rows[: shorter + 1]), None)


def _joined(rows: Sequence[tuple[int, _WordRow]]) -> Dump:
    """Join rows by their offsets; letters that follow the bytes of a row are cut off."""
    parts: list[bytes] = []
    start = rows[0][0]
    for (at, row), (after, below) in pairwise(rows):
        step = after - at
        if step <= 0:
            parts.append(row.data)
            return Dump(b"".join(parts), None)
        part = row.data[:step]
        parts.append(part)
        if len(part) < step:
            again = step - len(part)
            if not below.starred or again > hexrows.MAX_REPEATED or again % len(part):
                return Dump(b"".join(parts), at + len(part) - start)
            parts.append(part * (again // len(part)))
    width = max((len(part) for part in parts), default=len(rows[-1][1].data))
    parts.append(rows[-1][1].data[:width])
    return Dump(b"".join(parts), None)
