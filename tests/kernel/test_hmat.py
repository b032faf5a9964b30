"""The HMAT as Linux uses it; the broken tables were booted on 6.1, 6.12 and 7.2."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.kernel.access import AccessClass, Coordinate
from srat_tool.kernel.hmat import HmatInputs, HmatResult, PortNumbers, SideCache, hmat_init
from srat_tool.kernel.late_events import HmatIgnored, HmatLength, HmatZeroLength
from srat_tool.tables.hmat import DataType, HmatEntry, UnknownAttribute
from tests.hmats import attributes, bandwidth, hmat, latency, locality, side_cache

READ, WRITE = DataType.READ_LATENCY, DataType.WRITE_LATENCY


def read(
    *entries: HmatEntry, revision: int = 2, cpus: frozenset[int] = frozenset({0})
) -> HmatResult:
    """Read a table on a machine of domains 0 to 2, each of them its own node."""
    inputs = HmatInputs(targets=(0, 1, 2), nodes={0: 0, 1: 1, 2: 2}, cpu_nodes=cpus)
    return hmat_init(hmat(*entries, revision=revision), inputs)


def test_the_best_initiator_counts() -> None:
    """A generic initiator is nearer: class 0 has it, class 1 only those with processors."""
    result = read(
        latency(10, 20, 40, 30, 10, 5, initiators=(0, 1)),
        bandwidth(10240, 5120, 5120, 1000, 10240, 20480, initiators=(0, 1)),
    )
    assert result.classes[2] == (
        AccessClass((1,), Coordinate(5, 5, 20480, 20480)),
        AccessClass((0,), Coordinate(40, 40, 5120, 5120)),
    )


def test_a_processor_domain_decides() -> None:
    """With a valid processor domain its numbers count, even if another initiator is better."""
    result = read(
        attributes(2, 0),
        latency(10, 20, 40, 30, 10, 5, initiators=(0, 1)),
        bandwidth(10240, 5120, 5120, 1000, 10240, 20480, initiators=(0, 1)),
    )
    near = AccessClass((0,), Coordinate(40, 40, 5120, 5120))
    assert result.classes[2] == (near, near)


def test_a_processor_domain_without_processors() -> None:
    """It is the initiator of class 0; class 1 looks for the best one with processors."""
    result = read(
        attributes(2, 1),
        latency(10, 20, 40, 30, 10, 5, initiators=(0, 1)),
        bandwidth(10240, 5120, 5120, 1000, 10240, 20480, initiators=(0, 1)),
    )
    assert result.classes[2] == (
        AccessClass((1,), Coordinate(5, 5, 20480, 20480)),
        AccessClass((0,), Coordinate(40, 40, 5120, 5120)),
    )


def test_the_last_structure_of_a_data_type_counts() -> None:
    """Two structures of one type: the second; one of a cache level does not count at all."""
    cached = latency(1, 1, 1)._replace(flags=1)
    result = read(latency(10, 20, 30), latency(11, 21, 31), cached)
    assert result.classes[1][1].coordinate == Coordinate(21, 21, 0, 0)


def test_numbers_that_are_not_given() -> None:
    """0 and 0xFFFF give no number, and leave the initiators as they are."""
    result = read(latency(0, 0xFFFF, 7))
    assert result.classes[0] == (AccessClass((0,), Coordinate()),) * 2
    assert result.classes[1] == (AccessClass((0,), Coordinate()),) * 2
    assert result.classes[2][0].coordinate == Coordinate(7, 7, 0, 0)


def handle(uid: int, hid: bytes = b"ACPI0016") -> bytes:
    return hid + uid.to_bytes(4, "little") + bytes(4)


def with_port(*entries: HmatEntry, pxm: int = 3, uid: int = 12) -> HmatResult:
    """Read a table on the same machine with a generic port."""
    inputs = HmatInputs(
        targets=(0, 1, 2),
        nodes={0: 0, 1: 1, 2: 2},
        cpu_nodes=frozenset({0}),
        ports=((pxm, handle(uid)),),
    )
    return hmat_init(hmat(*entries), inputs)


PORT_ROWS = (
    latency(10, 20, 40, 50, 30, 10, 5, 9, initiators=(0, 1)),
    bandwidth(10240, 5120, 5120, 2560, 1000, 10240, 20480, 9999, initiators=(0, 1)),
)


def test_numbers_of_a_generic_port() -> None:
    """From the best initiator, and from the best processor."""
    result = with_port(*PORT_ROWS)
    assert result.ports[3] == PortNumbers(
        12, Coordinate(9, 9, 9999, 9999), Coordinate(50, 50, 2560, 2560)
    )
    assert result.port_domains == {3}
    assert all(port.uid == 0 for port in result.ports[:3])


def test_a_processor_domain_takes_the_numbers_of_a_port() -> None:
    """With a structure of type 0 that names processors, Linux looks for no number."""
    result = with_port(attributes(3, 0), *PORT_ROWS)
    assert result.ports[3] == PortNumbers(12, Coordinate(), Coordinate())
    assert result.compared[3] == Coordinate(50, 50, 2560, 2560)


def test_a_port_in_a_domain_of_memory() -> None:
    """The domain counts as registered, so that DRAM nodes are compared without its numbers."""
    result = with_port(*PORT_ROWS, pxm=0)
    assert result.port_domains == {0}
    assert result.compared[0] == Coordinate()
    assert result.classes[0][1].coordinate == Coordinate(10, 10, 10240, 10240)


def test_a_handle_that_begins_with_zeros_is_no_port() -> None:
    """Linux looks at two bytes of it."""
    inputs = HmatInputs(targets=(), nodes={0: 0}, cpu_nodes=frozenset({0}), ports=((3, bytes(16)),))
    assert hmat_init(hmat(*PORT_ROWS), inputs).port_domains == frozenset()


def test_only_matrices_that_nobody_reads() -> None:
    """A reserved data type gives no number and drops no initiator, not even from class 1."""
    result = read(locality(9, (0, 1), (0, 1, 2), range(1, 7)))
    assert result.classes[2] == (AccessClass((0, 1), Coordinate()),) * 2
    caches = read(locality(READ, (0, 1), (0, 1, 2), range(1, 7), flags=1))
    assert caches.classes[2] == (AccessClass((), Coordinate()),) * 2


def test_a_domain_that_a_list_repeats() -> None:
    """The first column counts for the best one, the last one for a processor domain."""
    twice = locality(READ, (0,), (0, 1, 2, 2), (10, 20, 30, 40), base=1000)
    assert read(twice).classes[2][0].coordinate.read_latency == 30
    assert read(attributes(2, 0), twice).classes[2][0].coordinate.read_latency == 40


UNKNOWN_MEMORY = attributes(9)
TWO_ROWS = locality(READ, (0,), (0, 1, 2), (1, 2, 3))


@pytest.mark.parametrize(
    "bad",
    [
        attributes(0, length=48),
        UNKNOWN_MEMORY,
        attributes(0, 9),
        TWO_ROWS._replace(length=TWO_ROWS.length - 4),
        side_cache(0, length=24),
    ],
)
def test_one_bad_structure_drops_the_table(bad: HmatEntry) -> None:
    """Nothing of the table is used, and the kernel prints that in its last line."""
    result = read(latency(10, 20, 30), bad)
    assert result.dropped is not None
    assert result.classes == {}
    assert result.events[-1] == HmatIgnored(None)


def test_what_does_not_drop_it() -> None:
    """A structure of an unknown type, and an unflagged domain of revision 1."""
    assert read(UnknownAttribute(0, 9, 0, 16, bytes(8)), latency(1, 2, 3)).dropped is None
    assert read(UNKNOWN_MEMORY, revision=1).dropped is None
    assert read(UNKNOWN_MEMORY._replace(flags=2), revision=1).dropped is not None


def test_a_length_of_zero() -> None:
    """It drops the table, but not as its last header, to which Linux never comes."""
    zero = UnknownAttribute(0, 0, 0, 0)
    assert HmatZeroLength(0) in read(zero, latency(1, 2, 3)).events
    assert read(latency(1, 2, 3), zero).dropped is None


def test_unknown_revision() -> None:
    """Revision 3 is ignored before anything is read."""
    result = read(latency(1, 2, 3), revision=3)
    assert result.events == (HmatIgnored(3),)
    assert result.dropped == "revision 3 is unknown to Linux"


def test_the_length_that_counts_need_is_told() -> None:
    """The kernel prints it."""
    result = read(TWO_ROWS._replace(length=48))
    assert HmatLength(1, 48, TWO_ROWS.length) in result.events


def test_caches() -> None:
    """They stay in table order; one of an unknown domain is left out."""
    result = read(side_cache(1), side_cache(9), side_cache(1, attributes=0x802222))
    assert result.caches[1] == (SideCache(1, 1 << 30, 64, 0, 0), SideCache(2, 1 << 30, 128, 1, 1))


@given(st.lists(st.integers(0, 0xFFFF), min_size=9, max_size=9))
def test_no_initiator_is_better_than_the_chosen(entries: list[int]) -> None:
    """Class 0 of a target has the least latency of all; every chosen initiator has it."""
    result = read(latency(*entries, initiators=(0, 1, 2)), cpus=frozenset({0, 1, 2}))
    for target in range(3):
        column = [entries[row * 3 + target] for row in range(3)]
        given_values = [value for value in column if value not in (0, 0xFFFF)]
        best = min(given_values, default=0)
        found = result.classes[target][0]
        assert found.coordinate.read_latency == best
        assert all(column[pxm] == best for pxm in found.initiators if best)
