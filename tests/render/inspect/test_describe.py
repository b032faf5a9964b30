"""What one line prints about an entry."""

from __future__ import annotations

import struct

import pytest

from srat_tool.grammar.registry import CODECS
from srat_tool.render.inspect.describe import EntryColumns, describe
from srat_tool.render.inspect.runs import join_runs
from tests.render.inspect.test_record import inspected
from tests.support import corpus_tables, needs_corpus, table_bytes

SRAT = struct.pack("<IQ", 1, 0)


def _described(signature: bytes, body: bytes, revision: int = 3) -> list[EntryColumns]:
    shown = inspected(table_bytes(signature, body, revision=revision))
    return [describe(run, shown.decoded.table) for run in join_runs(shown.entries, ())]


def _memory(base: int, size: int, flags: int, **odd: int) -> bytes:
    reserved = odd.get("reserved1", 0)
    return struct.pack("<BBIHQQIIQ", 1, 40, 2, reserved, base, size, 0, flags, 0)


def test_memory() -> None:
    """Range, size and flags, unknown bits included."""
    (shown,) = _described(b"SRAT", SRAT + _memory(1 << 32, 1 << 30, 0x83))
    assert shown == EntryColumns(
        "memory", "2", "[mem 0x0100000000-0x013fffffff]", "1G", "enabled, hot-pluggable, bit 7"
    )


@pytest.mark.parametrize(
    ("base", "size", "what"),
    [(4096, 0, "empty at 0x1000"), ((1 << 64) - 4096, 8192, "wraps past 2^64")],
)
def test_ranges_that_are_none(base: int, size: int, what: str) -> None:
    """An empty range is not one of 16 EiB, and one that wraps is marked as such."""
    (shown,) = _described(b"SRAT", SRAT + _memory(base, size, 1))
    assert what in shown.what


def test_what_should_be_zero() -> None:
    """Reserved fields and bytes without a field are named."""
    (shown,) = _described(b"SRAT", SRAT + _memory(0, 4096, 0, reserved1=5))
    assert shown.what.endswith("; reserved1=0x5")
    assert shown.flags == "disabled"
    (shown,) = _described(b"SRAT", SRAT + struct.pack("<BBIHI", 4, 14, 7, 0, 3) + b"xy")
    assert shown.what == "ITS 3; and 2 bytes 78 79"


def test_generic_initiators() -> None:
    """The device is decoded."""
    handle = b"\0\0\x3a\x08" + bytes(12)
    (shown,) = _described(b"SRAT", SRAT + struct.pack("<BBBBI16sII", 5, 32, 0, 1, 3, handle, 3, 0))
    assert shown.what == "PCI device 0000:3a:01.0"
    assert shown.flags == "enabled, architectural transactions"


def test_a_window() -> None:
    """Ways, bridges and granularity of a CXL window."""
    window = struct.pack("<BBHIQQBBHIHHII", 1, 0, 44, 0, 1 << 40, 1 << 36, 1, 1, 0, 0, 6, 2, 7, 8)
    (shown,) = _described(b"CEDT", window)
    assert shown.what.endswith("2-way over host bridges 7 8, 256B XOR, QTG 2")
    assert (shown.size, shown.flags) == ("64G", "type 3, volatile")


def test_other_controllers_are_named() -> None:
    """What is kept whole still has a name."""
    (shown,) = _described(b"APIC", bytes(8) + b"\x01\x0c" + bytes(10))
    assert shown.what == "type 1 (I/O APIC), 10 bytes all zero"


def test_pptt() -> None:
    """Nodes name their parents and resources, caches their valid fields."""
    node = struct.pack("<BBHIIIII", 0, 24, 0, 2, 0x24, 5, 1, 0x40)
    cache = struct.pack("<BBHIIIIBBH", 1, 24, 0, 0x7F, 0, 32768, 64, 8, 0, 64)
    first, second = _described(b"PPTT", node + cache)
    assert first.what == "processor 5, parent 0x0024, resources 0x0040"
    assert second.what == "data, 64 sets, 8 ways, line 64B, write back, last level"
    assert second.size == "32K"


def test_hmat_revision_1_has_ranges() -> None:
    """The address range that later revisions reserve."""
    entry = struct.pack("<HHIHHIIIQQ", 0, 0, 40, 3, 0, 0, 1, 0, 1 << 32, 1 << 30)
    (shown,) = _described(b"HMAT", bytes(4) + entry, revision=1)
    assert shown.what == "attached to domain 0, [mem 0x0100000000-0x013fffffff]"


@pytest.mark.parametrize("signature", sorted(CODECS))
def test_nothing_is_too_odd_to_describe(signature: bytes) -> None:
    """Every type, with all bits set and at every length."""
    shape = {b"HMAT": "<HxxI", b"CEDT": "<BxH"}.get(signature, "<BB")
    for kind in range(30):
        for length in (2, 8, 16, 24, 40, 88, 120):
            body = struct.pack(shape, kind, length) + b"\xff" * length
            _described(signature, bytes(12) + body)
            _described(signature, body)


@needs_corpus
@pytest.mark.corpus
def test_every_corpus_entry_is_said_in_printable_words() -> None:
    """Nothing from a table reaches a terminal unescaped."""
    for path in corpus_tables():
        shown = inspected(path.read_bytes())
        for run in join_runs(shown.entries, ()):
            assert all(cell.isprintable() for cell in describe(run, shown.decoded.table)), path
