"""What-if edits of one table; whatever an edit does not name stays as it was, bit for bit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from srat_tool.authoring.runs import read_range
from srat_tool.base.errors import SpecError
from srat_tool.base.numerals import whole
from srat_tool.base.span import Span
from srat_tool.base.words import runs
from srat_tool.grammar.families import family_of
from srat_tool.grammar.header import decode_header, with_checksum
from srat_tool.grammar.registry import decode, encode
from srat_tool.grammar.walk import encode_walked
from srat_tool.tables.header import HEADER_SIZE
from srat_tool.tables.hmat import Hmat, LatencyBandwidth, MemoryAttributes, MemorySideCache
from srat_tool.tables.kinds import SRAT
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import (
    Hole,
    MemoryAffinity,
    MemoryFlags,
    ProcessorAffinity,
    Srat,
    UnknownAffinity,
)

Target = int | Span
# A plain integer: inverting the flag enumeration would drop bits that have no name.
_HOT = int(MemoryFlags.HOT_PLUGGABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """Everything that is to be changed.

    Attributes:
        set_hotplug: domains and ranges that become hot-pluggable.
        clear_hotplug: domains and ranges that no longer are; counts after `set_hotplug`.
        renumber: old domain to new.
        drop: entries by number, counted from 0, and ranges that no entry is to cover.
    """

    set_hotplug: tuple[Target, ...] = ()
    clear_hotplug: tuple[Target, ...] = ()
    renumber: Mapping[int, int] = field(default_factory=dict)
    drop: tuple[Target, ...] = ()


def read_target(text: str) -> Target:
    """Read a number, or a range `4G+1G` or `4G..5G`.

    Raises:
        SpecError: when it is neither.
    """
    number = whole(text)
    if number is not None:
        return number
    if "+" in text or ".." in text:
        return read_range(text)
    raise SpecError("neither number nor range", got=repr(text), expected="1, 4G+30G or 4G..34G")


def read_renumber(text: str) -> tuple[int, int]:
    """Read `OLD=NEW`.

    Raises:
        SpecError: when the text is not that.
    """
    old, new = (whole(word) for word in text.partition("=")[::2])
    if old is None or new is None:
        raise SpecError("not a renumbering", got=repr(text), expected="OLD=NEW such as 0=1")
    return old, new


def edit(data: bytes, edits: Edits) -> bytes:
    """Return the edited table with its length and checksum corrected.

    Raises:
        SpecError: when an edit does not fit the table, or changes nothing in it.
    """
    table = decode(data).table
    if isinstance(table, Srat):
        changed = _edit_srat(table, edits)
    elif isinstance(table, Slit | Hmat) and _only_renumbers(edits):
        changed = (
            _renumber_slit(table, edits.renumber)
            if isinstance(table, Slit)
            else (_renumber_hmat(table, edits.renumber))
        )
    else:
        name = data[:4].decode("latin-1")
        expected = "SRAT; or SLIT or HMAT and domains to renumber"
        raise SpecError("no such edit of this table", got=repr(name), expected=expected)
    if changed == data:
        raise SpecError("the edit changes nothing", hint="srattool inspect, to see what is there")
    return mended(changed)


def mended(data: bytes) -> bytes:
    """Return the table with the header's length and checksum as they should be."""
    return with_checksum(decode_header(data)._replace(length=len(data)), data[HEADER_SIZE:])


def _only_renumbers(edits: Edits) -> bool:
    return bool(edits.renumber) and not (edits.set_hotplug or edits.clear_hotplug or edits.drop)


def _edit_srat(table: Srat, edits: Edits) -> bytes:
    numbers = {target for target in edits.drop if isinstance(target, int)}
    if any(number >= len(table.entries) for number in numbers):
        raise SpecError("no such entry", got=max(numbers), expected=f"below {len(table.entries)}")
    _check_targets(table, edits)
    kept = [entry for number, entry in enumerate(table.entries) if number not in numbers]
    entries: list[Any] = []
    for entry in kept:
        entries += _edited(table, entry, edits) if isinstance(entry, MemoryAffinity) else [entry]
    entries = [_renumbered(table, entry, edits.renumber) for entry in entries]
    head = encode(replace(table, entries=(), size=HEADER_SIZE + 12))
    return head + b"".join(encode_walked(tuple(entries), family_of(SRAT)))


def _check_targets(table: Srat, edits: Edits) -> None:
    """Demand an entry for each domain and range, so that none of several is passed over.

    Raises:
        SpecError: for the first one without.
    """
    memory = [entry for entry in table.entries if isinstance(entry, MemoryAffinity)]
    domains = sorted({table.proximity_domain(entry) for entry in memory})
    for target in (*edits.set_hotplug, *edits.clear_hotplug, *edits.drop):
        if isinstance(target, Span):
            if not any(_span(entry).overlaps(target) for entry in memory):
                where = f"{target.start:#x}-{target.end - 1:#x}"
                raise SpecError("no memory entry has an address of this range", got=where)
        elif target not in domains and target not in edits.drop:
            raise SpecError(
                "no memory entry is of this proximity domain",
                got=target,
                expected=f"one of {runs(domains)}",
            )
    entries = [one for one in table.entries if not isinstance(one, UnknownAffinity | Hole)]
    for domain in edits.renumber.keys() - {table.proximity_domain(entry) for entry in entries}:
        raise SpecError("no entry is of this proximity domain", got=domain)


def _edited(table: Srat, entry: MemoryAffinity, edits: Edits) -> Iterator[MemoryAffinity]:
    """Yield what becomes of a memory entry; it is cut where an edit ends inside it."""
    domain = table.proximity_domain(entry)
    for piece in _cut(entry, edits):
        span = _span(piece)
        if any(isinstance(target, Span) and _inside(span, target) for target in edits.drop):
            continue
        flags = piece.flags
        if _hit(span, domain, edits.set_hotplug):
            flags |= _HOT
        if _hit(span, domain, edits.clear_hotplug):
            flags &= ~_HOT
        yield piece._replace(flags=flags)


def _cut(entry: MemoryAffinity, edits: Edits) -> Iterator[MemoryAffinity]:
    span = _span(entry)
    targets = (*edits.set_hotplug, *edits.clear_hotplug, *edits.drop)
    ends = {end for target in targets if isinstance(target, Span) for end in target}
    borders = [span.start, *sorted(end for end in ends if span.start < end < span.end), span.end]
    for start, end in pairwise(borders):
        yield entry._replace(base_address=start, range_length=end - start)


def _span(entry: MemoryAffinity) -> Span:
    return Span(entry.base_address, entry.base_address + entry.range_length)


def _inside(span: Span, target: Span) -> bool:
    return bool(span) and target.covers(span)


def _hit(span: Span, domain: int, targets: tuple[Target, ...]) -> bool:
    return any(
        domain == target if isinstance(target, int) else _inside(span, target) for target in targets
    )


def _renumbered(table: Srat, entry: Any, renumber: Mapping[int, int]) -> Any:
    if isinstance(entry, UnknownAffinity | Hole):
        return entry
    new = renumber.get(table.proximity_domain(entry))
    if new is None:
        return entry
    changed = _with_domain(entry, new)
    if table.proximity_domain(changed) != new:
        what = "domains of this entry have eight bits in a table of revision 1"
        raise SpecError(what, got=new, expected="at most 255")
    return changed


def _with_domain(entry: Any, new: int) -> Any:
    if isinstance(entry, ProcessorAffinity):
        return entry._replace(
            proximity_domain_low=new & 0xFF, proximity_domain_high=(new >> 8).to_bytes(3, "little")
        )
    return entry._replace(proximity_domain=new)


def _renumber_slit(table: Slit, renumber: Mapping[int, int]) -> bytes:
    """Move rows and columns to their new numbers; only a permutation sets all of them again."""
    count = table.localities
    if set(renumber) != set(renumber.values()) or not table.is_complete:
        raise SpecError(
            "a distance matrix can only be permuted", got=dict(renumber), expected="such as 0=1 1=0"
        )
    if any(number >= count for number in renumber):
        raise SpecError("no such domain", got=max(renumber), expected=f"below {count}")
    old = {new: number for number, new in renumber.items()}
    order = [old.get(number, number) for number in range(count)]
    cells = bytes(table.entries[row * count + column] for row in order for column in order)
    return encode(replace(table, entries=cells))


def _renumber_hmat(table: Hmat, renumber: Mapping[int, int]) -> bytes:
    def new(number: int) -> int:
        return renumber.get(number, number)

    rules: dict[type, Callable[[Any], Any]] = {
        MemoryAttributes: lambda e: e._replace(
            initiator_domain=new(e.initiator_domain), memory_domain=new(e.memory_domain)
        ),
        LatencyBandwidth: lambda e: e._replace(
            initiators=tuple(map(new, e.initiators)), targets=tuple(map(new, e.targets))
        ),
        MemorySideCache: lambda e: e._replace(memory_domain=new(e.memory_domain)),
    }
    entries = tuple(rules.get(type(e), lambda e: e)(e) for e in table.entries)
    return encode(replace(table, entries=entries))
