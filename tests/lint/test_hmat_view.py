"""What rules know of an HMAT."""

from __future__ import annotations

from srat_tool.lint.hmat_view import HmatView, Value
from tests.lint.lab import findings, machine, table_spec


def _view(entries: str, more: str = "") -> HmatView:
    view = machine(table_spec("hmat", entries, more)).hmat
    assert view is not None
    return view


def test_latency_becomes_nanoseconds() -> None:
    """Revision 2 states picoseconds; Linux rounds up."""
    view = _view("locality access-latency 0 0,1 3,0 entry_base_unit=1500")
    assert view.latencies == {0: {0: 5}}
    assert view.initiators == {0}


def test_revision_1_counts_in_tenths() -> None:
    """Revision 1 divides everything by ten, and drops what is below."""
    view = _view("locality access-bandwidth 0 0,1 25,9", "revision = 1")
    assert view.bandwidths == {0: {0: 3}}


def test_too_large_counts_as_none() -> None:
    """A product above 32 bits is not provided."""
    view = _view("locality access-latency 0 0 60000 entry_base_unit=1000000")
    assert view.latencies == {}


def test_the_last_number_of_a_pair_counts() -> None:
    """Of two matrices, and of a domain that is listed twice; what is not provided replaces none."""
    view = _view(
        "locality access-latency 0,1 0,1 0xffff,2,3,4 entry_base_unit=1000\n"
        "locality read-latency 0,0 0,1,2 5,0xffff,7,8,0xffff,0 entry_base_unit=1000"
    )
    assert view.latencies == {0: {0: 8, 1: 2, 2: 7}, 1: {0: 3, 1: 4}}


def test_wanted_numbers_are_counted() -> None:
    """The first one comes with its domains."""
    view = _view("locality access-latency 0,1 2,3 9,0xffff,7,7 entry_base_unit=1000")
    (entry,) = view.localities
    assert view.those_where(entry, lambda raw, _: raw < 9000) == (Value(1, 2, 7000, 7), 2)
    assert view.those_where(entry, lambda _, normal: normal > 9) is None


def test_reserved_bits_depend_on_the_revision() -> None:
    """The memory valid flag and the range exist in revision 1 only."""
    new, old = _view("memory 0 0"), _view("memory 0 0", "revision = 1")
    assert new.reserved_masks(0)["flags"] & 2
    assert not old.reserved_masks(0)["flags"] & 2
    assert "base_address" in new.reserved_masks(0)
    assert "base_address" not in old.reserved_masks(0)


def test_memory_domain_counts() -> None:
    """Revision 1 has a flag that makes the memory domain count."""
    old = _view("memory 0 0 flags=1\nmemory 0 0 flags=2", "revision = 1")
    assert [old.names_memory(entry) for entry in old.attributes] == [False, True]


def test_listed_domain_has_its_place() -> None:
    """A hit on a domain of a list names its four bytes, the last ones if it is there twice."""
    view = _view("locality access-latency 0,1 0,4,4 1,2,3,4,5,6 entry_base_unit=1000")
    (entry,) = view.localities
    assert view.listed(entry, "initiators", 1, "")[2:4] == (entry.offset + 36, 4)
    assert view.listed(entry, "targets", 4, "")[2:4] == (entry.offset + 48, 4)


def test_length_past_the_end_is_one_finding() -> None:
    """A structure that runs past the end is not blamed for its size a second time."""
    found = findings(table_spec("hmat", "memory 0 0 length=64"), "HMAT00")
    assert [finding.id for finding in found] == ["HMAT002"]
