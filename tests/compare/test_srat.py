"""What changed between two SRATs, in words."""

from __future__ import annotations

import pytest

from srat_tool.base.rawtable import RawTable
from srat_tool.compare.change import ChangeKind
from srat_tool.compare.srat import compare_srat
from srat_tool.tables.srat import UnknownAffinity, X2ApicAffinity
from tests.compare.samples import cpu, decoded, memory, srat

K = ChangeKind
BASE = (cpu(0, 0), cpu(1, 1), memory(0, 0, 4), memory(1, 4, 4))


def _said(before: RawTable, after: RawTable) -> list[tuple[ChangeKind, str]]:
    return [(c.kind, c.text) for c in compare_srat(decoded(before), decoded(after))]


def test_equal_tables_say_nothing() -> None:
    """No change, no word."""
    assert _said(srat(*BASE), srat(*BASE)) == []


@pytest.mark.parametrize(
    ("entry", "kind", "text"),
    [
        (
            memory(1, 8, 4),
            K.MOVED,
            "memory 0x100000000-0x1ffffffff (4G) of domain 1 moved to 0x200000000-0x2ffffffff (4G)",
        ),
        (
            memory(1, 4, 8),
            K.RESIZED,
            "memory 0x100000000-0x1ffffffff (4G) of domain 1 grew to 0x100000000-0x2ffffffff (8G)",
        ),
        (
            memory(1, 4, 4, flags=3),
            K.FLAG,
            "memory 0x100000000-0x1ffffffff (4G) is now hot-pluggable",
        ),
        (
            memory(1, 4, 4, flags=0),
            K.FLAG,
            "memory 0x100000000-0x1ffffffff (4G) is no longer enabled",
        ),
        (
            memory(1, 4, 4, flags=0x11),
            K.FLAG,
            "memory 0x100000000-0x1ffffffff (4G): reserved flags were 0x1, are 0x11",
        ),
        (
            memory(1, 4, 4)._replace(reserved2=1),
            K.FIELD,
            "memory 0x100000000-0x1ffffffff (4G): reserved2 was 0, is 1",
        ),
    ],
)
def test_memory(entry: object, kind: ChangeKind, text: str) -> None:
    """One entry changed in one way is one sentence."""
    after = srat(*BASE[:3], entry)  # type: ignore[arg-type]
    assert _said(srat(*BASE), after) == [(kind, text)]


def test_range_that_changes_its_domain() -> None:
    """A range moves to another domain; that domain is no other for it."""
    extra = memory(0, 8, 4)
    said = _said(srat(*BASE, extra), srat(*BASE, extra._replace(proximity_domain=1)))
    text = "memory 0x200000000-0x2ffffffff (4G) moved from domain 0 to domain 1"
    assert said == [(K.DOMAIN, text)]


def test_renumbered_domain_is_said_once() -> None:
    """Not again for each of its entries."""
    after = srat(cpu(0, 0), cpu(7, 1), memory(0, 0, 4), memory(7, 4, 4))
    text = "domain 1 is now domain 7; 1 range and 1 processor stay with it"
    assert _said(srat(*BASE), after) == [(K.RENUMBERED, text)]


def test_processors_that_move_are_one_sentence() -> None:
    """Runs of numbers, not a line each."""
    cpus = [cpu(0, n) for n in range(8)]
    moved = [*cpus[:4], *(cpu(1, n) for n in range(4, 8))]
    said = _said(srat(*cpus, *BASE[2:]), srat(*moved, *BASE[2:]))
    assert said == [(K.DOMAIN, "processors APIC 4-7 moved from domain 0 to domain 1")]


def test_added_removed_and_disabled() -> None:
    """Entries that come and go, with their domain."""
    after = srat(cpu(0, 0, flags=0), cpu(1, 2), memory(0, 0, 4), memory(1, 9, 9, flags=3))
    assert _said(srat(*BASE), after) == [
        (K.REMOVED, "memory 0x100000000-0x1ffffffff (4G) of domain 1 removed"),
        (
            K.ADDED,
            "memory 0x240000000-0x47fffffff (9G) added to domain 1, enabled, hot-pluggable",
        ),
        (K.FLAG, "processor APIC 0 of domain 0 disabled"),
        (K.REMOVED, "processor APIC 1 of domain 1 removed"),
        (K.ADDED, "processor APIC 2 added to domain 1"),
    ]


def test_processor_described_by_another_type() -> None:
    """From xAPIC to x2APIC entries it is still the same processor."""
    x2 = X2ApicAffinity(0, 2, 24, 0, 1, 1, 1, 0, 0)
    said = _said(srat(*BASE), srat(BASE[0], x2, *BASE[2:]))
    assert said == [(K.FIELD, "processor APIC 1 described by a type 2 entry instead of type 0")]


def test_order_is_a_change() -> None:
    """Linux numbers nodes by the order of entries."""
    text = "the same entries are in another order"
    assert _said(srat(*BASE), srat(*reversed(BASE))) == [(K.ORDER, text)]


def test_unknown_structures_are_compared_by_bytes() -> None:
    """Structures of unknown types can still differ."""
    said = _said(
        srat(*BASE, UnknownAffinity(0, 99, 4, b"ab")), srat(*BASE, UnknownAffinity(0, 99, 4, b"ac"))
    )
    assert said == [(K.FIELD, "unknown affinity: extra was 6162, is 6163")]


def test_offsets_point_into_both_tables() -> None:
    """Where to look, before and after."""
    after = srat(*BASE[:3], memory(1, 4, 4, flags=3))
    (change,) = compare_srat(decoded(srat(*BASE)), decoded(after))
    assert (change.before, change.after) == (48 + 16 * 2 + 40, 48 + 16 * 2 + 40)
