"""DIMMs: their node, what is refused, what is bound."""

from __future__ import annotations

from srat_tool.base.units import GIB
from tests.hotplug import answers


def test_the_proximity_domain_of_the_device_decides() -> None:
    """The address is not compared with the ranges of the SRAT."""
    (answer,) = answers("dimm:8G+1G,pxm=2")
    assert (answer.accepted, answer.nid) == (True, 2)
    assert answer.why == "PXM 2 of the device is node 2"
    assert [(b.start, b.end, b.state, b.zone) for b in answer.blocks] == [
        (8 * GIB, 9 * GIB, "online", "Normal")
    ]


def test_without_a_known_domain_the_address_decides() -> None:
    """An address outside all ranges counts as one of the first range's node."""
    unknown, none = answers("dimm:20G+1G,pxm=9", "dimm:5G+1G")
    assert (unknown.nid, unknown.why) == (
        0,
        "no table names PXM 9; address 0x500000000 counts as node 0",
    )
    assert none.why == "memory is at 0x140000000-0x17fffffff already: the driver binds to it"
    assert none.accepted
    assert not none.blocks


def test_a_range_of_partial_blocks_is_refused_with_the_kernels_line() -> None:
    """Start and size are multiples of the memory block size."""
    (answer,) = answers("dimm:8G+200M,pxm=1")
    assert answer.error == (
        "EINVAL: Block size [0x8000000] unaligned hotplug range: start 0x200000000, size 0xc800000"
    )
    assert answer.accepted is False


def test_one_range_that_fits_is_enough() -> None:
    """The others are lost, with the first error."""
    (answer,) = answers("dimm:8G+200M,9G+1G,pxm=1")
    assert answer.accepted
    assert answer.error is not None
    assert [(b.start, b.end) for b in answer.blocks] == [(9 * GIB, 10 * GIB)]


def test_a_slot_that_is_free_again_names_the_next_device() -> None:
    """The kernel numbers slots at boot; a refused device stays in its slot until it is removed."""
    *_, last = answers(
        "dimm:8G+1G,pxm=2,id=a",
        "dimm:9G+200M,pxm=2,id=b",
        "remove:a",
        "dimm:10G+200M,pxm=2,id=c",
        cmdline="memhp_default_state=offline",
    )
    assert "acpi PNP0C80:00: add_memory failed" in last.lines


def test_a_refused_device_can_be_ejected() -> None:
    """Once: then it is gone."""
    *_, first, second = answers("dimm:9G+200M,pxm=2,id=b", "remove:b", "remove:b")
    assert (first.accepted, first.error, first.blocks) == (True, None, ())
    assert (second.accepted, second.error) == (False, "ENODEV")
