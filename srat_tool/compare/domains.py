"""Which proximity domain of one SRAT is which of another: known by what belongs to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping

from srat_tool.tables.kinds import SRAT
from srat_tool.tables.srat import ProcessorEntry, Srat


def processor_id(entry: ProcessorEntry) -> tuple[str, int]:
    """Return what names a processor: the kind of number and the number."""
    row = SRAT.by_type[entry.type]
    return row.space.upper(), getattr(entry, row.id)


def renumbering(before: Srat, after: Srat) -> dict[int, int]:
    """Return the new number of every domain that has one; the others keep theirs.

    A domain is known again by its memory, one without memory by its processors; both ways must lead
    to the same partner. A number that stays with some of its memory is not a new number.
    """
    renamed: dict[int, int] = {}
    for left, right in (_memory(before), _memory(after)), (_processors(before), _processors(after)):
        there, back = _best(left, right), _best(right, left)
        for domain, partner in there.items():
            new = domain not in renamed and partner not in renamed.values()
            if new and back.get(partner) == domain:
                renamed[domain] = partner
    return {a: b for a, b in renamed.items() if a != b}


def _memory(srat: Srat) -> dict[int, set[Hashable]]:
    owned: dict[int, set[Hashable]] = defaultdict(set)
    for entry in srat.memory:
        if entry.enabled:
            owned[srat.proximity_domain(entry)].add((entry.base_address, entry.range_length))
    return owned


def _processors(srat: Srat) -> dict[int, set[Hashable]]:
    with_memory = _memory(srat)
    owned: dict[int, set[Hashable]] = defaultdict(set)
    for entry in srat.entries:
        if isinstance(entry, ProcessorEntry) and entry.enabled:
            domain = srat.proximity_domain(entry)
            if domain not in with_memory:
                owned[domain].add(processor_id(entry))
    return owned


def _best(left: Mapping[int, set[Hashable]], right: Mapping[int, set[Hashable]]) -> dict[int, int]:
    """Return for each domain the one that shares most with it; any share keeps its number."""
    owners: dict[Hashable, list[int]] = defaultdict(list)
    for domain, things in right.items():
        for thing in things:
            owners[thing].append(domain)
    best: dict[int, int] = {}
    for domain, things in left.items():
        shared = Counter(owner for thing in things for owner in owners.get(thing, [])[:8])
        if domain in shared:
            best[domain] = domain
        elif shared:
            best[domain] = min(shared, key=lambda d: (-shared[d], d))
    return best
