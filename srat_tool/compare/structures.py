"""Differences between two lists of structures of any kind: pair the equal, explain the rest."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from srat_tool.compare.change import ChangeKind, TableChange

T = TypeVar("T")
_NO_FIELDS = frozenset({"offset", "type", "length"})


class Paired(NamedTuple, Generic[T]):
    """Two lists of entries, paired.

    Attributes:
        pairs: an entry of the first list and one of the second, by the key that they agree on.
        removed: entries of the first list without a partner, in table order.
        added: those of the second list.
    """

    pairs: list[tuple[T, T]]
    removed: list[T]
    added: list[T]


def paired(
    before: Iterable[T], after: Iterable[T], keys: Sequence[Callable[[T], Hashable]]
) -> Paired[T]:
    """Pair entries by the first key on which they agree; keys are tried from strict to loose."""
    left, right = list(before), list(after)
    pairs: list[tuple[T, T]] = []
    for key in keys:
        waiting: dict[Hashable, deque[T]] = defaultdict(deque)
        for entry in right:
            waiting[key(entry)].append(entry)
        rest: list[T] = []
        taken: set[int] = set()
        for entry in left:
            partners = waiting.get(key(entry))
            if partners:
                partner = partners.popleft()
                taken.add(id(partner))
                pairs.append((entry, partner))
            else:
                rest.append(entry)
        left, right = rest, [entry for entry in right if id(entry) not in taken]
    return Paired(pairs, left, right)


def content(entry: Any) -> tuple[object, ...]:
    """Return every value of an entry except its place in the table."""
    return (type(entry), *(v for n, v in zip(entry._fields, entry, strict=True) if n != "offset"))


def compare_structures(
    table: str, before: Sequence[Any], after: Sequence[Any]
) -> Iterator[TableChange]:
    """Compare lists of structures without their meaning: field by field, in order."""
    keys: list[Callable[[Any], Hashable]] = [content, type]
    found = paired(before, after, keys)
    for old, new in found.pairs:
        yield from field_changes(table, name(old), old, new)
    for entry in found.removed:
        yield TableChange(table, ChangeKind.REMOVED, f"{name(entry)} removed", entry.offset)
    for entry in found.added:
        yield TableChange(table, ChangeKind.ADDED, f"{name(entry)} added", None, entry.offset)


def name(entry: Any) -> str:
    """Return what to call a structure: its class in words."""
    letters = type(entry).__name__
    return "".join(f" {c.lower()}" if c.isupper() else c for c in letters).strip()


def field_changes(
    table: str, what: str, old: Any, new: Any, but: frozenset[str] = frozenset()
) -> Iterator[TableChange]:
    """List the fields of one structure that differ, and how.

    Args:
        table: signature.
        what: what to call the structure.
        old: the structure in the first edition.
        new: the same class in the second.
        but: fields that are reported elsewhere.
    """
    for field, a, b in zip(old._fields, old, new, strict=True):
        if a != b and field not in _NO_FIELDS | but:
            text = f"{what}: {field} was {show(a)}, is {show(b)}"
            yield TableChange(table, ChangeKind.FIELD, text, old.offset, new.offset)
    if old.length != new.length:
        text = f"{what}: length was {old.length}, is {new.length}"
        yield TableChange(table, ChangeKind.FIELD, text, old.offset, new.offset)


def show(value: object) -> str:
    """Return a field's value on one line of bounded length."""
    if isinstance(value, bytes):
        text = value.hex() or "empty"
    elif isinstance(value, int) and not isinstance(value, bool):
        text = hex(value) if value > 0xFF else str(value)
    else:
        text = str(value)
    return text if len(text) <= 64 else f"{text[:61]}..."
