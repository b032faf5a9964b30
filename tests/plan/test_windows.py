"""Places where memory may be added later."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.grammar.registry import encode
from srat_tool.plan.windows import decoded_windows, refusal, target_node, windows
from tests.machines import cpu, mem, srat
from tests.plan.support import cedt, outcome, raw

TABLE = srat(cpu(0, 0), mem(0, 0, 6 * GIB), mem(1, 8 * GIB, 9 * GIB, hot=True))


WINDOWS = cedt((16 * GIB, 2 * GIB), (20 * GIB + 128 * MIB, GIB))
TABLES = (raw(TABLE), raw(TABLE)._replace(data=encode(WINDOWS)))


def test_both_tables_have_windows() -> None:
    """Hot-pluggable ranges join their domain's node, windows get nodes of their own."""
    booted = outcome(TABLE, tables=TABLES, profile="6.12.117")
    found = windows(booted)
    assert [(w.source, w.number, w.nid, w.pxm, w.ram_bytes) for w in found] == [
        ("srat", 1, 1, 1, 0),
        ("cedt", 0, 2, None, 0),
        ("cedt", 1, 3, None, 0),
    ]
    assert [w.stranded_bytes for w in found] == [0, 0, 0]
    assert target_node(booted, 16 * GIB) == 2
    assert target_node(booted, 64 * GIB) is None


def test_an_unaligned_window_is_refused_and_keeps_its_node() -> None:
    """Its root decoder is missing, its node is not."""
    booted = outcome(TABLE, tables=TABLES, profile="6.12.117")
    assert decoded_windows(booted) == [Span(16 * GIB, 18 * GIB)]


def test_why_a_window_is_refused() -> None:
    """Each reason of its own."""
    good = WINDOWS.windows[0]
    assert refusal(good) is None
    bad = {
        "base": good._replace(base_hpa=MIB),
        "size": good._replace(window_size=MIB),
        "arithmetic": good._replace(arithmetic=2),
        "reserved codes": good._replace(encoded_ways=15),
        "shorter": good._replace(targets=()),
    }
    for word, window in bad.items():
        assert word in (refusal(window) or "")


def test_a_window_over_two_nodes_is_two_places() -> None:
    """Each piece has the node that memory in it joins; inner borders strand nothing."""
    table = srat(
        cpu(0, 0), mem(0, 0, 4 * GIB), mem(3, 8 * GIB, 10 * GIB, hot=True),
        mem(2, 14 * GIB, 16 * GIB, hot=True),
    )  # fmt: skip
    data = encode(cedt((9 * GIB, 11 * GIB)))
    booted = outcome(table, tables=(raw(table), raw(table)._replace(data=data)), profile="6.12")
    found = [w for w in windows(booted) if w.source == "cedt"]
    assert [(w.span, w.nid, w.number) for w in found] == [
        (Span(9 * GIB, 10 * GIB), 1, 0),
        (Span(10 * GIB, 20 * GIB), 2, 0),
    ]
    assert [w.stranded_bytes for w in found] == [0, 0]
