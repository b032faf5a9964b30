"""Whole sets of tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.compare.change import ChangeKind
from srat_tool.compare.tables import compare_tables
from srat_tool.grammar.registry import CODECS
from tests.compare.samples import cpu, memory, raw, slit, srat
from tests.support import corpus_tables, needs_corpus

BASE = srat(cpu(0, 0), memory(0, 0, 4))


def _texts(before: list[RawTable], after: list[RawTable]) -> list[str]:
    return [f"{c.table}: {c.text}" for c in compare_tables(before, after)]


def test_equal_sets() -> None:
    """There are no changes."""
    assert _texts([BASE, slit((10,))], [slit((10,)), BASE]) == []


def test_tables_come_and_go() -> None:
    """By name, a second one of a kind by its number."""
    assert _texts([BASE, BASE], [BASE, slit((10,))]) == [
        "SRAT 2: the table is gone",
        "SLIT: the table is new",
    ]


def test_header_fields() -> None:
    """Revision, ids and checksum; never the checksum byte itself."""
    other = raw(BASE.data[:10] + b"OTHER\0" + BASE.data[16:24] + b"\x02\0\0\0" + BASE.data[28:])
    assert _texts([BASE], [other]) == [
        "SRAT: OEM id was 'OEMID', is 'OTHER'",
        "SRAT: OEM revision was 1, is 2",
    ]
    broken = RawTable(origin=Origin(path="x"), data=BASE.data[:-1] + b"\x01")
    assert "SRAT: the checksum is now wrong" in _texts([BASE], [broken])


def test_cut_file() -> None:
    """Fewer bytes than the header declares is worth a word."""
    cut = RawTable(origin=Origin(path="x"), data=BASE.data[:-8])
    assert (
        "SRAT: as long as the header declares before, 8 bytes fewer than the header declares now"
        in (_texts([BASE], [cut]))
    )


def test_opaque_tables_are_compared_by_bytes() -> None:
    """How many differ, and where the first is."""
    head = b"DSDT" + bytes(32)
    before, after = raw(head + b"abcdef"), raw(head + b"abXdeX")
    assert _texts([before], [after]) == [
        "DSDT: bytes after the header: 2 of 6 differ, the first at +0x2"
    ]
    longer = raw(head + b"abcdefg")
    assert _texts([before], [longer]) == ["DSDT: bytes after the header: 6 before, 7 now"]


def test_domains_of_the_slit_follow_the_srat() -> None:
    """Distances are compared under the new numbers."""
    old = srat(memory(0, 0, 4), memory(1, 4, 4))
    new = srat(memory(1, 0, 4), memory(0, 4, 4))
    table = [slit((10, 20), (30, 10)), slit((10, 30), (20, 10))]
    kinds = {c.kind for c in compare_tables([old, table[0]], [new, table[1]])}
    assert kinds == {ChangeKind.RENUMBERED}


@needs_corpus
@pytest.mark.corpus
def test_any_two_tables_of_the_corpus_can_be_compared() -> None:
    """Equal bytes give no change, different bytes of one kind give one."""
    kinds: dict[bytes, list[RawTable]] = {}
    for path in corpus_tables():
        data = path.read_bytes()
        if data[:4] in CODECS:
            kinds.setdefault(data[:4], []).append(RawTable(origin=Origin(path="x"), data=data))
    for tables in kinds.values():
        for before, after in zip(tables, tables[1:] + tables[:1], strict=True):
            assert _texts([before], [before]) == []
            assert bool(_texts([before], [after])) == (before.data != after.data)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(st.sampled_from(sorted(CODECS)), st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_can_be_compared(signature: bytes, before: bytes, after: bytes) -> None:
    """Broken tables differ in words too, never in a traceback."""
    tables = [
        RawTable(origin=Origin(path="x"), data=signature + len(b).to_bytes(4, "little") + b)
        for b in (before, after)
    ]
    compare_tables(tables[:1], tables[1:])
