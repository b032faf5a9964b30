"""What changed between two SRATs, in the terms of their authors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from srat_tool.base.span import Span
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, plural, runs
from srat_tool.compare.change import ChangeKind, TableChange
from srat_tool.compare.domains import processor_id, renumbering
from srat_tool.compare.structures import compare_structures, content, field_changes, paired
from srat_tool.tables.srat import MemoryAffinity, MemoryFlags, ProcessorEntry, Srat

TABLE = "SRAT"
_FLAGS = {
    MemoryFlags.ENABLED: "enabled",
    MemoryFlags.HOT_PLUGGABLE: "hot-pluggable",
    MemoryFlags.NON_VOLATILE: "non-volatile",
    MemoryFlags.SPECIFIC_PURPOSE: "specific purpose",
}
_MEMORY_SAID = frozenset({"proximity_domain", "base_address", "range_length", "flags"})
_PROCESSOR_SAID = frozenset(
    {"proximity_domain", "proximity_domain_low", "proximity_domain_high", "flags"}
)


def compare_srat(before: Srat, after: Srat) -> Iterator[TableChange]:
    """List the changes, renumbered PXMs first so that no other change has to repeat them."""
    renamed = renumbering(before, after)
    for old, new in sorted(renamed.items()):
        text = f"domain {old} is now domain {new}; {_belongings(before, old)} stay with it"
        yield TableChange(TABLE, ChangeKind.RENUMBERED, text)
    views = _View(before, renamed), _View(after, {})
    yield from _memory(*views)
    yield from _processors(*views)
    yield from compare_structures(TABLE, views[0].others, views[1].others)
    yield from _order(before, after)


class _View:
    """One SRAT by kinds of entries, its domains under the numbers of the second edition."""

    def __init__(self, srat: Srat, renamed: Mapping[int, int]) -> None:
        self._srat, self._renamed = srat, renamed
        self.memory = list(srat.memory)
        self.processors = [e for e in srat.entries if isinstance(e, ProcessorEntry)]
        self.others = [
            e for e in srat.entries if not isinstance(e, MemoryAffinity | ProcessorEntry)
        ]

    def domain(self, entry: MemoryAffinity | ProcessorEntry) -> int:
        number = self._srat.proximity_domain(entry)
        return self._renamed.get(number, number)


def _belongings(srat: Srat, domain: int) -> str:
    mine = [
        entry
        for entry in srat.entries
        if isinstance(entry, MemoryAffinity | ProcessorEntry)
        and srat.proximity_domain(entry) == domain
    ]
    memory = sum(isinstance(entry, MemoryAffinity) for entry in mine)
    return f"{plural(memory, 'range')} and {plural(len(mine) - memory, 'processor')}"


def _memory(old: _View, new: _View) -> Iterator[TableChange]:
    left = {id(entry): old.domain(entry) for entry in old.memory}
    domains = left | {id(entry): new.domain(entry) for entry in new.memory}

    def place(entry: MemoryAffinity) -> Hashable:
        return entry.base_address, entry.range_length

    keys: list[Callable[[MemoryAffinity], Hashable]] = [
        lambda e: (place(e), domains[id(e)], e.flags),
        lambda e: (place(e), domains[id(e)]),
        lambda e: (place(e), e.flags),
        place,
        lambda e: (domains[id(e)], e.flags, e.range_length),
        lambda e: (domains[id(e)], e.base_address),
        lambda e: (domains[id(e)], e.base_address + e.range_length),
    ]
    found = paired(old.memory, new.memory, keys)
    for a, b in found.pairs:
        yield from _memory_pair(a, b, domains[id(a)], domains[id(b)])
    for entry in found.removed:
        text = f"{_memory_name(entry)} of domain {domains[id(entry)]} removed"
        yield TableChange(TABLE, ChangeKind.REMOVED, text, entry.offset)
    for entry in found.added:
        text = f"{_memory_name(entry)} added to domain {domains[id(entry)]}{_flag_words(entry)}"
        yield TableChange(TABLE, ChangeKind.ADDED, text, None, entry.offset)


def _memory_pair(a: MemoryAffinity, b: MemoryAffinity, was: int, now: int) -> Iterator[TableChange]:
    what, places = _memory_name(a), (a.offset, b.offset)
    if (a.base_address, a.range_length) != (b.base_address, b.range_length):
        if a.range_length == b.range_length:
            kind, verb = ChangeKind.MOVED, "moved to"
        else:
            kind = ChangeKind.RESIZED
            verb = "grew to" if b.range_length > a.range_length else "shrank to"
        text = f"{what} of domain {now} {verb} {_memory_place(b)}"
        yield TableChange(TABLE, kind, text, *places)
    if was != now:
        text = f"{what} moved from domain {was} to domain {now}"
        yield TableChange(TABLE, ChangeKind.DOMAIN, text, *places)
    for flag, word in _FLAGS.items():
        if (a.flags ^ b.flags) & flag:
            verb = "is now" if b.flags & flag else "is no longer"
            yield TableChange(TABLE, ChangeKind.FLAG, f"{_memory_name(b)} {verb} {word}", *places)
    unknown = ~sum(_FLAGS) & (a.flags ^ b.flags)
    if unknown:
        text = f"{what}: reserved flags were {a.flags:#x}, are {b.flags:#x}"
        yield TableChange(TABLE, ChangeKind.FLAG, text, *places)
    yield from field_changes(TABLE, what, a, b, but=_MEMORY_SAID)


def _memory_place(entry: MemoryAffinity) -> str:
    span = Span(entry.base_address, entry.base_address + entry.range_length)
    if not span:
        return f"0x{span.start:x} (empty)"
    return f"{address_range(span)} ({format_size(span.size)})"


def _memory_name(entry: MemoryAffinity) -> str:
    return f"memory {_memory_place(entry)}"


def _flag_words(entry: MemoryAffinity) -> str:
    words = [word for flag, word in _FLAGS.items() if entry.flags & flag]
    return f", {', '.join(words)}" if words else ", disabled"


def _processors(old: _View, new: _View) -> Iterator[TableChange]:
    domains = {id(e): old.domain(e) for e in old.processors}
    domains |= {id(e): new.domain(e) for e in new.processors}
    keys: list[Callable[[ProcessorEntry], Hashable]] = [
        lambda e: (processor_id(e), e.enabled, domains[id(e)], content(e)),
        lambda e: (processor_id(e), e.enabled, domains[id(e)]),
        lambda e: (processor_id(e), domains[id(e)]),
        lambda e: (processor_id(e), e.enabled),
        processor_id,
    ]
    found = paired(old.processors, new.processors, keys)
    groups = _Groups()
    for a, b in found.pairs:
        was, now = domains[id(a)], domains[id(b)]
        if was != now:
            text = f"moved from domain {was} to domain {now}"
            groups.add(ChangeKind.DOMAIN, text, b, a.offset, b.offset)
        if a.enabled != b.enabled:
            text = f"of domain {now} {'enabled' if b.enabled else 'disabled'}"
            groups.add(ChangeKind.FLAG, text, b, a.offset, b.offset)
        if type(a) is type(b):
            yield from field_changes(TABLE, _processor_name(b), a, b, but=_PROCESSOR_SAID)
        else:
            groups.add(ChangeKind.FIELD, _new_form(a, b), b, a.offset, b.offset)
    for entry in found.removed:
        groups.add(ChangeKind.REMOVED, _gone(domains[id(entry)], entry), entry, entry.offset, None)
    for entry in found.added:
        text = f"added to domain {domains[id(entry)]}" + ("" if entry.enabled else ", disabled")
        groups.add(ChangeKind.ADDED, text, entry, None, entry.offset)
    yield from groups.changes()


def _gone(domain: int, entry: ProcessorEntry) -> str:
    return f"of domain {domain} removed" + ("" if entry.enabled else " (disabled before)")


def _new_form(a: ProcessorEntry, b: ProcessorEntry) -> str:
    return f"described by a type {b.type} entry instead of type {a.type}"


def _processor_name(entry: ProcessorEntry) -> str:
    kind, number = processor_id(entry)
    return f"processor {kind} {number}"


class _Groups:
    """Processors with the same change, reported once."""

    def __init__(self) -> None:
        self._members: dict[
            tuple[ChangeKind, str, str], list[tuple[int, int | None, int | None]]
        ] = defaultdict(list)

    def add(
        self,
        kind: ChangeKind,
        text: str,
        entry: ProcessorEntry,
        before: int | None,
        after: int | None,
    ) -> None:
        name, number = processor_id(entry)
        self._members[kind, text, name].append((number, before, after))

    def changes(self) -> Iterator[TableChange]:
        for (kind, text, name), members in self._members.items():
            numbers = [number for number, _, _ in members]
            word = "processor" if len(numbers) == 1 else "processors"
            _, before, after = members[0]
            yield TableChange(TABLE, kind, f"{word} {name} {runs(numbers)} {text}", before, after)


def _order(before: Srat, after: Srat) -> Iterator[TableChange]:
    """Report when the same entries are in another order: Linux numbers nodes by it."""
    left, right = (_contents(srat.entries) for srat in (before, after))
    if left != right and sorted(map(repr, left)) == sorted(map(repr, right)):
        yield TableChange(TABLE, ChangeKind.ORDER, "the same entries are in another order")


def _contents(entries: Iterable[object]) -> list[tuple[object, ...]]:
    return [content(entry) for entry in entries]
