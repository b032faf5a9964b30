"""One event after the other."""

from __future__ import annotations

import pytest

from srat_tool.base.errors import SratToolError
from srat_tool.base.units import MIB
from tests.hotplug import answers


def test_the_state_that_a_block_has_already_is_an_error() -> None:
    """As writing to its state file is."""
    first, second = answers("dimm:8G+1G,pxm=1", "online:8G+128M")
    assert first.accepted
    assert (second.accepted, second.error) == (False, "EINVAL")


def test_a_block_that_does_not_exist_is_an_answer() -> None:
    """There is no file to write to."""
    (answer,) = answers("online:64G+128M")
    assert (answer.accepted, answer.error) == (False, "ENOENT")


def test_half_a_block_is_no_event() -> None:
    """The block size is known only once the machine is planned."""
    with pytest.raises(SratToolError, match="not whole memory blocks"):
        answers("online:8G+1M")


def test_by_hand_each_block_can_have_its_zone() -> None:
    """Blocks between a kernel zone and ZONE_MOVABLE follow what they meet."""
    cmdline = "memhp_default_state=offline"
    *_, kernel, movable, plain = answers(
        "dimm:8G+1G,pxm=1",
        "online_kernel:8G+128M",
        "online_movable:8832M+128M",
        "online:8448M+128M",
        cmdline=cmdline,
    )
    assert [answer.blocks[0].zone for answer in (kernel, movable, plain)] == [
        "Normal",
        "Movable",
        "Normal",
    ]


def test_only_the_border_of_zones_moves_on_old_kernels() -> None:
    """Up to 4.12 the last block of the kernel zone can become movable, the first one cannot."""
    added, first, last = answers(
        "dimm:8G+1G,pxm=1",
        "online_movable:8G+128M",
        "online_movable:9088M+128M",
        profile="3.10",
    )
    assert added.blocks[0].state == "offline"
    assert (first.accepted, first.error) == (False, "EPERM")
    assert (last.accepted, last.blocks[0].zone) == (True, "Movable")


def test_blocks_beside_a_missing_one_change_all_the_same() -> None:
    """Each block has a file of its own; the first error in ascending order is the answer's."""
    _, up, down = answers(
        "dimm:8G+256M,pxm=1",
        "online_movable:8G+512M",
        "offline:8064M+256M",
        cmdline="memhp_default_state=offline",
    )
    assert (up.accepted, up.error) == (False, "ENOENT")
    assert [(b.end - b.start, b.zone) for b in up.blocks] == [(256 * MIB, "Movable")]
    assert (down.accepted, down.error) == (False, "ENOENT")
    assert [(b.end - b.start, b.state) for b in down.blocks] == [(128 * MIB, "offline")]


def test_the_first_error_is_that_of_the_lowest_block() -> None:
    """A block that is online already comes before one that does not exist."""
    _, answer = answers("dimm:8G+128M,pxm=1", "online:8G+256M")
    assert (answer.accepted, answer.error) == (False, "EINVAL")
