"""Soft-reserved memory: every case was booted, unless its docstring names what was read."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.kernel.history_late import late_rules
from srat_tool.kernel.soft_reserved import Claim, SoftPiece, SoftReservedInputs, soft_reserved

SOFT = Span(4 * GIB, 6 * GIB)
RAM = Span(0, 2 * GIB)


def shared(release: tuple[int, ...], **given_inputs: Any) -> tuple[SoftPiece, ...]:
    """Distribute 2 GiB at 4 GiB, which are node 1 unless given otherwise."""
    inputs: dict[str, Any] = {
        "ranges": [SOFT],
        "others": [RAM],
        "targets": [],
        "windows": [],
        "node_of": lambda _: 1,
        "block": 128 * MIB,
        **given_inputs,
    }
    return soft_reserved(late_rules(release), SoftReservedInputs(**inputs))


def summary(pieces: tuple[SoftPiece, ...]) -> list[tuple[Span, str, str | None]]:
    return [(p.span, p.owner, None if p.device is None else p.device.mode) for p in pieces]


def test_without_hmat() -> None:
    """6.1 leaves it a device, later kernels add it as memory; before 5.10 it is ignored."""
    assert summary(shared((6, 1))) == [(SOFT, "hmem", "devdax")]
    assert summary(shared((6, 12))) == [(SOFT, "hmem", "system-ram")]
    assert summary(shared((7, 2))) == [(SOFT, "hmem", "system-ram")]
    assert summary(shared((5, 4))) == [(SOFT, "nobody", None)]


def test_in_no_node() -> None:
    """There is a device, and kmem refuses it."""
    (piece,) = shared((6, 12), node_of=lambda _: None)
    assert (piece.owner, piece.device and piece.device.mode) == ("hmem", None)


def test_under_a_window() -> None:
    """6.12 leaves it to CXL for good, 7.2 takes it back; half under one it is dead on both."""
    whole, half = [Span(4 * GIB, 8 * GIB)], [Span(5 * GIB, 8 * GIB)]
    assert summary(shared((6, 12), windows=whole)) == [(SOFT, "nobody", None)]
    assert summary(shared((7, 2), windows=whole)) == [(SOFT, "hmem", "system-ram")]
    assert summary(shared((6, 12), windows=half)) == [(SOFT, "nobody", None)]
    assert summary(shared((7, 2), windows=half)) == [(SOFT, "hmem", None)]


def test_a_registered_range_with_other_resources() -> None:
    """6.12 makes no device; 7.2 one over the whole range, which kmem cannot reserve.

    As read, 6.1 claims nothing for it, so that the soft-reserved range itself becomes a device.
    """
    soft = Span(5 * GIB, 6 * GIB)
    case = {
        "ranges": [soft],
        "others": [RAM, Span(4 * GIB, 5 * GIB)],
        "targets": [Claim(SOFT, 1)],
    }
    assert summary(shared((6, 12), **case)) == [(soft, "nobody", None)]
    (piece,) = shared((7, 2), **case)
    assert piece.device is not None
    assert (piece.device.claim.span, piece.device.mode) == (SOFT, None)
    assert summary(shared((6, 1), **case)) == [(soft, "hmem", "devdax")]


def test_a_registered_range_with_a_hole() -> None:
    """A PCI window is in the hole: dead on 6.12; 7.2 adds memory that is not there."""
    soft = Span(8 * GIB, 9 * GIB)
    case = {"ranges": [soft], "targets": [Claim(Span(8 * GIB, 12 * GIB), 1)]}
    assert summary(shared((6, 12), **case)) == [(soft, "nobody", None)]
    (piece,) = shared((7, 2), **case)
    assert piece.device is not None
    assert piece.device.blocks == Span(8 * GIB, 12 * GIB)


def test_edges_that_no_block_holds() -> None:
    """kmem cuts inward to memory blocks; what is smaller than one is refused."""
    (piece,) = shared((7, 2), ranges=[Span(4 * GIB + 64 * MIB, 5 * GIB)])
    assert piece.device is not None
    assert piece.device.blocks == Span(4 * GIB + 128 * MIB, 5 * GIB)
    (piece,) = shared((7, 2), ranges=[Span(4 * GIB, 4 * GIB + 64 * MIB)])
    assert piece.device is not None
    assert piece.device.mode is None


def test_options_of_the_driver() -> None:
    """`disable` leaves it alone, `region_idle` leaves it a device."""
    assert summary(shared((6, 12), disabled=True)) == [(SOFT, "nobody", None)]
    assert summary(shared((6, 12), idle=True)) == [(SOFT, "hmem", "devdax")]
    assert shared((6, 12), ranges=[]) == ()


@given(
    st.sets(st.integers(0, 64), max_size=8),
    st.sets(st.integers(0, 64), max_size=8),
    st.sampled_from([(5, 4), (6, 1), (6, 12), (7, 2)]),
)
def test_the_pieces_are_the_ranges(
    edges: set[int], target_edges: set[int], release: tuple[int, ...]
) -> None:
    """No byte is lost, none listed twice, whatever the HMAT registers."""
    ranges, targets = _spans(sorted(edges)), _spans(sorted(target_edges))
    claims = [Claim(span, 2) for span in targets]
    pieces = shared(release, ranges=ranges, others=[], targets=claims)
    assert sum(p.span.size for p in pieces) == sum(span.size for span in ranges)
    assert all(any(span.covers(p.span) for span in ranges) for p in pieces)
    assert all(a.span.end <= b.span.start for a, b in pairwise(pieces))


def _spans(edges: list[int]) -> list[Span]:
    unit = 64 * MIB
    return [Span(a * unit, b * unit) for a, b in zip(edges[::2], edges[1::2], strict=False)]
