"""What changed between two editions of a machine's tables: headers, entries, whole tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from srat_tool.base.rawtable import RawTable
from srat_tool.base.words import plural
from srat_tool.compare.change import ChangeKind, TableChange
from srat_tool.compare.domains import renumbering
from srat_tool.compare.slit import compare_slit
from srat_tool.compare.srat import compare_srat
from srat_tool.compare.structures import compare_structures, show
from srat_tool.grammar.registry import Table, decode
from srat_tool.tables.defect import DefectKind
from srat_tool.tables.header import Header
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import Srat

_HEADER_WORDS = {
    "revision": "revision",
    "oem_id": "OEM id",
    "oem_table_id": "OEM table id",
    "oem_revision": "OEM revision",
    "creator_id": "creator",
    "creator_revision": "creator revision",
}
# What is compared by meaning, or follows from what is: not reported again as a field.
_NOT_FIELDS = frozenset({"header", "entries", "size", "body", "localities", "tail"})


class Edition(NamedTuple):
    """One table as it was decoded, with its bytes."""

    data: bytes
    table: Table
    sound_checksum: bool


def compare_tables(before: Iterable[RawTable], after: Iterable[RawTable]) -> list[TableChange]:
    """Compare all tables of one machine with all tables of another edition of it.

    Tables are paired by signature, several of one signature in their order.
    """
    left, right = _by_signature(before), _by_signature(after)
    renamed = _renamed(left.get(b"SRAT", []), right.get(b"SRAT", []))
    changes: list[TableChange] = []
    for signature in dict.fromkeys((*left, *right)):
        editions = zip_longest(left.get(signature, []), right.get(signature, []))
        for number, (a, b) in enumerate(editions):
            name = _name(signature) + (f" {number + 1}" if number else "")
            changes += _compare(name, a, b, renamed)
    return changes


def _by_signature(tables: Iterable[RawTable]) -> dict[bytes, list[Edition]]:
    found: dict[bytes, list[Edition]] = defaultdict(list)
    for raw in tables:
        decoded = decode(raw.data)
        sound = all(defect.kind is not DefectKind.BAD_CHECKSUM for defect in decoded.defects)
        found[raw.signature].append(Edition(raw.data, decoded.table, sound))
    return found


def _name(signature: bytes) -> str:
    return signature.decode("latin-1")


def _renamed(before: Sequence[Edition], after: Sequence[Edition]) -> dict[int, int]:
    if before and after:
        left, right = before[0].table, after[0].table
        if isinstance(left, Srat) and isinstance(right, Srat):
            return renumbering(left, right)
    return {}


def _compare(
    name: str, a: Edition | None, b: Edition | None, renamed: Mapping[int, int]
) -> Iterator[TableChange]:
    if a is None or b is None:
        verb = "is new" if a is None else "is gone"
        yield TableChange(name, ChangeKind.TABLE, f"the table {verb}")
    elif a.data != b.data:
        yield from _header(name, a, b)
        yield from _body(name, a, b, renamed)


def _header(name: str, a: Edition, b: Edition) -> Iterator[TableChange]:
    old, new = a.table.header, b.table.header
    for field, words in _HEADER_WORDS.items():
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            text = f"{words} was {_header_value(was)}, is {_header_value(now)}"
            yield TableChange(name, ChangeKind.HEADER, text)
    if a.sound_checksum != b.sound_checksum:
        text = "the checksum is now right" if b.sound_checksum else "the checksum is now wrong"
        yield TableChange(name, ChangeKind.HEADER, text)
    yield from _lengths(name, old, new, a, b)


def _lengths(name: str, old: Header, new: Header, a: Edition, b: Edition) -> Iterator[TableChange]:
    """Report lengths only where the entries do not explain the difference."""
    was, now = len(a.data) - old.length, len(b.data) - new.length
    if was != now:
        text = f"{_excess(was)} before, {_excess(now)} now"
        yield TableChange(name, ChangeKind.HEADER, text)


def _excess(count: int) -> str:
    if not count:
        return "as long as the header declares"
    return (
        f"{plural(abs(count), 'byte')} {'more' if count > 0 else 'fewer'} than the header declares"
    )


def _header_value(value: object) -> str:
    return ascii(value.rstrip(b"\0 "))[1:] if isinstance(value, bytes) else show(value)


def _body(name: str, a: Edition, b: Edition, renamed: Mapping[int, int]) -> Iterator[TableChange]:
    old, new = a.table, b.table
    if isinstance(old, Srat) and isinstance(new, Srat):
        yield from compare_srat(old, new)
    elif isinstance(old, Slit) and isinstance(new, Slit):
        yield from compare_slit(old, new, renamed)
        yield from _bytes(name, old.tail, new.tail, "bytes after the matrix")
    elif hasattr(old, "entries") and hasattr(new, "entries"):
        yield from compare_structures(name, old.entries, new.entries)
    elif hasattr(old, "body") and hasattr(new, "body"):
        yield from _bytes(name, old.body, new.body, "bytes after the header")
    yield from _fields(name, old, new)


def _fields(name: str, old: Any, new: Any) -> Iterator[TableChange]:
    """Compare what a table declares outside its header and its entries."""
    for field in type(old).__dataclass_fields__:
        if field in _NOT_FIELDS:
            continue
        was, now = getattr(old, field), getattr(new, field)
        if was == now:
            continue
        if isinstance(was, tuple):
            yield from compare_structures(name, was, now)
        else:
            text = f"{field} was {show(was)}, is {show(now)}"
            yield TableChange(name, ChangeKind.FIELD, text)


def _bytes(name: str, old: bytes, new: bytes, what: str) -> Iterator[TableChange]:
    if old == new:
        return
    if len(old) != len(new):
        yield TableChange(name, ChangeKind.BYTES, f"{what}: {len(old)} before, {len(new)} now")
        return
    differing = [at for at, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    text = f"{what}: {len(differing)} of {len(old)} differ, the first at +0x{differing[0]:x}"
    yield TableChange(name, ChangeKind.BYTES, text)
