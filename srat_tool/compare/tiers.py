"""A plan against the access classes, memory tiers and weights in sysfs of a running kernel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from srat_tool.base.words import plural, runs
from srat_tool.compare.verified import Verdict, VerifiedPart, compared
from srat_tool.observe.late_sysfs import CACHE_FILES, NUMBERS, SeenTiers
from srat_tool.plan.late_values import AfterZones

TIER_PARTS = ("access", "memory-side caches", "memory tiers", "interleave weights")


def tier_parts(
    late: AfterZones, seen: SeenTiers, *, untouched: bool = False
) -> Iterator[VerifiedPart]:
    """Compare what sysfs shows, kind by kind; what was not kept is not mentioned.

    Args:
        late: what was predicted.
        seen: the running kernel.
        untouched: nothing has happened since; otherwise nodes whose first memory came later are
            not looked at.
    """
    later = frozenset() if untouched else _later(late, seen)
    for part in _parts(late, seen, later):
        if "HMAT" in late.missing and part.verdict is Verdict.DIFFERENT:
            why = "the machine has an HMAT that was not given"
            yield replace(part, verdict=Verdict.UNKNOWN, why=why)
        else:
            yield part


def _later(late: AfterZones, seen: SeenTiers) -> frozenset[int]:
    """Return the nodes that have memory now and had none when user space began."""
    if seen.tiers is None or late.tiers is None:
        return frozenset()
    now = {nid for nids in seen.tiers.values() for nid in nids}
    return frozenset(now - late.adistances.keys())


def _parts(late: AfterZones, seen: SeenTiers, later: frozenset[int]) -> Iterator[VerifiedPart]:
    mine, theirs = _access(late, later), list(_seen_access(seen, later))
    if seen.access is not None and (mine or theirs):
        yield compared(
            "access", mine, theirs, plural(len(theirs), "access class", "access classes")
        )
    mine, theirs = _caches(late, later), list(_seen_caches(seen, later))
    if (seen.access is not None or seen.caches) and (mine or theirs):
        yield compared("memory-side caches", mine, theirs, plural(len(theirs), "cache"))
    if seen.tiers is not None:
        mine, theirs = _tiers(late), list(_seen_tiers(seen, later))
        yield compared("memory tiers", mine, theirs, plural(len(theirs), "tier"))
    if seen.weights is not None and late.weights:
        yield _weights(late, seen, later)


def _row(nid: int, number: int, initiators: Iterable[int], numbers: Iterable[int]) -> str:
    from_nodes = runs(tuple(initiators)) or "none"
    given = ", ".join(f"{name} {one}" for name, one in zip(NUMBERS, numbers, strict=True))
    return f"node {nid} access{number}: initiators {from_nodes}, {given}"


def _access(late: AfterZones, later: frozenset[int]) -> list[str]:
    return [
        _row(
            one.nid,
            one.access_class,
            one.initiators,
            (getattr(one.coordinate, name) for name in NUMBERS),
        )
        for one in sorted(late.access, key=lambda one: one[:2])
        if one.nid not in later
    ]


def _seen_access(seen: SeenTiers, later: frozenset[int]) -> Iterator[str]:
    yield from (_row(*one) for one in seen.access or () if one.nid not in later)


def _caches(late: AfterZones, later: frozenset[int]) -> list[str]:
    rows = sorted(late.caches, key=lambda one: (one.nid, one.cache.level))
    return [
        _cache(nid, cache.level, (getattr(cache, name) for name in CACHE_FILES))
        for nid, cache in rows
        if nid not in later
    ]


def _cache(nid: int, index: int, figures: Iterable[int | None]) -> str:
    given = ", ".join(f"{name} {one}" for name, one in zip(CACHE_FILES, figures, strict=True))
    return f"node {nid} index{index}: {given}"


def _seen_caches(seen: SeenTiers, later: frozenset[int]) -> Iterator[str]:
    for (nid, index), figures in sorted(seen.caches.items()):
        if nid not in later:
            yield _cache(nid, index, figures)


def _tiers(late: AfterZones) -> list[str]:
    tiers = late.tiers.tiers if late.tiers is not None else ()
    return [f"memory_tier{tier.number}: {runs(tier.nids)}" for tier in tiers]


def _seen_tiers(seen: SeenTiers, later: frozenset[int]) -> Iterator[str]:
    for number, nids in sorted((seen.tiers or {}).items()):
        kept = tuple(nid for nid in nids if nid not in later)
        if kept:
            yield f"memory_tier{number}: {runs(kept)}"


def _weights(late: AfterZones, seen: SeenTiers, later: frozenset[int]) -> VerifiedPart:
    name = "interleave weights"
    if seen.automatic is False:
        why = "they were set by hand"
        return VerifiedPart(name=name, verdict=Verdict.UNKNOWN, why=why)
    if later:
        why = f"node {runs(tuple(sorted(later)))} got memory after the boot, and changed them"
        return VerifiedPart(name=name, verdict=Verdict.UNKNOWN, why=why)
    theirs = {nid: one for nid, one in (seen.weights or {}).items() if nid in late.weights}
    mine = [f"node {nid}: {one}" for nid, one in sorted(late.weights.items())]
    lines = [f"node {nid}: {one}" for nid, one in sorted(theirs.items())]
    return compared(name, mine, lines, plural(len(lines), "node"))
