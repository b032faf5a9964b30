"""Room for planned DIMMs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.base.span import Span, union
from srat_tool.base.units import GIB, MIB
from srat_tool.plan.dimm_text import DimmError, PlannedDimms
from srat_tool.plan.dimm_windows import DimmWindows, dimm_windows
from tests.hotplug import TABLE
from tests.machines import cpu, mem, srat
from tests.plan.support import machine

PLAIN = srat(cpu(0, 0), cpu(1, 1), mem(0, 0, 5 * GIB), mem(1, 5 * GIB, 6 * GIB))


def _ask(*dimms: PlannedDimms, table: object = TABLE, **fields: object) -> DimmWindows:
    fields.setdefault("profile", "6.12")
    return dimm_windows(machine(table, **fields), dimms)  # type: ignore[arg-type]


def test_a_range_that_is_there_is_used_first() -> None:
    """Domain 2 has room for 4 GiB from 12 GiB on."""
    answer = _ask(PlannedDimms(2 * GIB, 2, 2))
    (window,) = answer.windows
    assert (answer.possible, window.there, window.nid) == (True, True, 2)
    assert window.span == Span(12 * GIB, 16 * GIB)
    assert [place.span.start for place in window.places] == [12 * GIB, 14 * GIB]
    assert window.memmap_bytes == 4 * GIB // 64


def test_what_does_not_fit_gets_a_range_above_everything() -> None:
    """The highest range of the SRAT ends at 16 GiB."""
    answer = _ask(PlannedDimms(2 * GIB, 3, 2))
    old, new = answer.windows
    assert (answer.possible, old.there, new.there) == (True, True, False)
    assert (new.span, new.nid) == (Span(16 * GIB, 18 * GIB), 2)
    assert "new ranges are above 0x400000000" in " ".join(answer.rules)


def test_a_domain_that_no_table_names_becomes_a_node() -> None:
    """The new range makes it possible."""
    answer = _ask(PlannedDimms(4 * GIB, 1, 7), table=PLAIN)
    (window,) = answer.windows
    assert (answer.possible, window.nid, window.there) == (True, 2, False)
    assert window.span.start % (2 * GIB) == 0
    assert window.places[0].zone == "Normal"


def test_half_a_block_is_refused_by_the_kernels_own_line() -> None:
    """Whatever the range."""
    answer = _ask(PlannedDimms(100 * MIB, 1, 1))
    assert not answer.possible
    assert answer.because[0].startswith("Linux refuses 1 DIMM of domain 1: EINVAL: Block size")


def test_a_dimm_smaller_than_the_largest_block_is_a_warning() -> None:
    """Blocks of 2 GiB would strand it."""
    answer = _ask(PlannedDimms(GIB, 1, 1))
    assert answer.possible
    assert answer.warnings[0].startswith("a DIMM of 1G is not whole blocks of 2G")


def test_beyond_the_direct_map_is_no() -> None:
    """KASLR leaves 10 TiB above RAM; without it the page tables are the end."""
    size = PlannedDimms(1 << 40, 11, 1)
    refused = _ask(size, cmdline="")
    assert (refused.possible, "KASLR" in refused.because[0]) == (False, True)
    assert _ask(size, cmdline="nokaslr").possible
    assert "46 address bits" in _ask(size._replace(times=64)).because[0]


def test_without_a_domain_there_must_be_one_only() -> None:
    """The error names them."""
    with pytest.raises(DimmError, match="pxm=0 or pxm=1"):
        _ask(PlannedDimms(GIB))
    one = srat(cpu(0, 0), cpu(1, 0), mem(0, 0, 6 * GIB))
    assert _ask(PlannedDimms(2 * GIB), table=one).windows[0].pxm == 0


def test_without_an_srat_nothing_decides() -> None:
    """All memory is on node 0."""
    answer = _ask(PlannedDimms(GIB, 1, 0), table=None)
    assert not answer.possible
    assert "memory joins node 0 wherever it appears" in answer.because[0]


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 3), st.integers(0, 3)), max_size=5))
@settings(max_examples=30, deadline=None)
def test_no_two_dimms_overlap(given_dimms: list[tuple[int, int, int]]) -> None:
    """Each is in its range, none in RAM, and Linux takes all of them."""
    dimms = [PlannedDimms(size * 128 * MIB, times, pxm) for size, times, pxm in given_dimms]
    answer = _ask(*dimms)
    assert answer.possible
    spans = [place.span for window in answer.windows for place in window.places]
    assert sum(span.size for span in union(spans)) == sum(span.size for span in spans)
    assert len(spans) == sum(one.times for one in dimms)
    for window in answer.windows:
        assert all(window.span.clip(place.span) == place.span for place in window.places)
