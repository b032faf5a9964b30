"""DIMMs: their node, what is refused, what is bound."""

from __future__ import annotations

from srat_tool.base.units import GIB, MIB
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


def test_ranges_that_continue_each_other_are_one() -> None:
    """Two halves of a memory block are a whole one."""
    joined, lone = answers("dimm:8G+64M,8256M+64M,pxm=1", "dimm:9G+64M,10G+64M,pxm=1")
    assert [(b.start, b.end) for b in joined.blocks] == [(8 * GIB, 8 * GIB + 128 * MIB)]
    assert joined.error is None
    assert lone.error is not None
    assert lone.error.startswith("EINVAL: Block size [0x8000000] unaligned hotplug range")


def test_what_is_refused_of_a_device_is_in_the_log() -> None:
    """The kernel prints it even when another range of it makes the device a success."""
    (answer,) = answers("dimm:8G+1G,10G+64M,pxm=1")
    assert answer.accepted
    assert answer.lines == (
        "Block size [0x8000000] unaligned hotplug range: start 0x280000000, size 0x4000000",
    )


def test_blocks_of_another_device_are_refused() -> None:
    """A memory block has one ACPI companion; ranges before it in the device stay."""
    _, second = answers("dimm:8G+1G,pxm=1", "dimm:10G+1G,8704M+1G,13G+1G,pxm=1")
    assert second.accepted is False
    assert second.error == "ENODEV: memory memory68: ACPI companion already set"
    assert second.lines == (
        "memory memory68: ACPI companion already set",
        "acpi PNP0C80:01: acpi_memory_enable_device() error",
    )
    assert [(b.start, b.end) for b in second.blocks] == [(10 * GIB, 11 * GIB)]
    assert (second.removable, second.because) == (
        "no",
        "memory without a driver can only go offline",
    )


def test_boot_memory_is_bound_once() -> None:
    """The first device that describes it gets it."""
    first, second = answers("dimm:5G+1G", "dimm:5G+1G")
    assert (first.accepted, second.accepted) == (True, False)
    assert second.error == "ENODEV: memory memory40: ACPI companion already set"


def test_a_device_that_lost_its_blocks_cannot_be_ejected() -> None:
    """A refused device takes the companion of blocks away: nothing brings them offline."""
    texts = ("dimm:8G+1G,pxm=1", "dimm:8G+1G,pxm=1", "remove:d0")
    *_, removed = answers(*texts, cmdline="memhp_default_state=online_movable")
    assert removed.accepted is False
    assert removed.error == (
        "EBUSY: removing memory fails, because memory [0x200000000-0x23fffffff] is onlined"
    )
    *_, offline = answers(*texts, cmdline="memhp_default_state=offline")
    assert offline.accepted


def test_before_5_10_an_unknown_domain_gets_a_new_node() -> None:
    """The kernel did not set that node up at boot: what follows cannot be known."""
    (answer,) = answers("dimm:8G+1G,pxm=9", profile="5.4")
    assert answer.accepted is None
    assert answer.why.startswith("no table names PXM 9: the kernel makes a node for it")
    (later,) = answers("dimm:8G+1G,pxm=9", profile="5.10")
    assert later.accepted


def test_without_a_driver_nothing_happens() -> None:
    """By configuration or by a boot option; the device can be ejected again."""
    option = answers("dimm:8G+1G,pxm=1", "remove:d0", cmdline="nokaslr acpi_no_memhotplug")
    assert (option[0].error, option[0].blocks) == ("ENODEV", ())
    assert option[1].accepted
    (built,) = answers("dimm:8G+1G,pxm=1", config={"CONFIG_ACPI_HOTPLUG_MEMORY": "n"})
    assert built.why == "no driver takes memory devices of ACPI (CONFIG_ACPI_HOTPLUG_MEMORY=n)"
