"""A device's CDAT as Linux reads it."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import MIB
from srat_tool.kernel.access import Coordinate
from srat_tool.kernel.cxl_cdat import CdatError, cxl_cdat_endpoint_process, memory_of
from tests.cdats import READ_LATENCY, cdat_bytes, decoded, dslbis, dsmas, numbers, usual


def test_numbers_of_a_device() -> None:
    """Ps become ns, and bandwidths are MB/s."""
    (only,) = cxl_cdat_endpoint_process(decoded(usual()))
    assert only.span == Span(0, 512 * MIB)
    assert only.is_volatile
    assert only.coordinate == Coordinate(150, 250, 16000, 16000)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (usual()[:-1] + b"\1", "its bytes do not add up to 0"),
        (cdat_bytes(*numbers()), "no range of memory"),
        (cdat_bytes(dsmas()), "no latency and no bandwidth"),
        (cdat_bytes(dsmas(), dsmas(), *numbers()), "handle 0 is given twice, again at 0x28"),
        (cdat_bytes(dsmas(), bytes(8), *numbers()), "0x28 has length 0"),
        (cdat_bytes(dsmas()[:2] + b"\x20\0" + dsmas()[4:], *numbers()), "0x10 has length 32"),
        (cdat_bytes(dsmas(), dslbis(0, 1)[:20]), "0x28 has length 24"),
    ],
)
def test_one_wrong_structure_is_enough(data: bytes, why: str) -> None:
    """Then the device has no numbers at all."""
    with pytest.raises(CdatError, match=why):
        cxl_cdat_endpoint_process(decoded(data))


def test_what_is_skipped() -> None:
    """Reserved data types, numbers of caches, handles that no range has, unknown structures."""
    skipped = (
        dslbis(9, 7),
        dslbis(READ_LATENCY, 7, 1000, flags=1),
        dslbis(READ_LATENCY, 7, 1000, handle=5),
        bytes((9, 0, 8, 0, 0, 0, 0, 0)),
    )
    (only,) = cxl_cdat_endpoint_process(decoded(cdat_bytes(dsmas(), *numbers(), *skipped)))
    assert only.coordinate.read_latency == 150


def test_bytes_after_the_stated_length_are_not_read() -> None:
    """Linux walks to the shorter of both lengths; a header that ends there is not looked at."""
    cut = cdat_bytes(dsmas(), *numbers(), length=16 + 24 + 4)
    with pytest.raises(CdatError, match="no latency"):
        cxl_cdat_endpoint_process(decoded(cut))


def test_the_highest_handle_gives_a_partition_its_numbers() -> None:
    """And persistent memory has numbers of its own."""
    table = cdat_bytes(
        dsmas(2), dsmas(1), dsmas(3, 512 * MIB, flags=4), *numbers(handle=1), *numbers(99, handle=2)
    )
    ranges = cxl_cdat_endpoint_process(decoded(table))
    volatile, persistent = (memory_of(ranges, volatile=one) for one in (True, False))
    assert volatile is not None
    assert (volatile.handle, volatile.coordinate.read_latency) == (2, 99)
    assert persistent is not None
    assert persistent.handle == 3
    assert memory_of((), volatile=True) is None
