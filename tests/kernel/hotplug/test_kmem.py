"""dax devices as RAM: their node, and what alignment costs."""

from __future__ import annotations

from srat_tool.base.units import GIB, MIB
from tests.hotplug import answers


def test_what_is_cut_off_is_named() -> None:
    """7.2 prints it, earlier kernels do not."""
    (old,) = answers("kmem:8256M+1G")
    (new,) = answers("kmem:8256M+1G", profile="7.2")
    words = "the address is planned for node 1; 128M outside whole memory blocks stays unused"
    assert old.why == words
    assert (old.lines, new.lines) == ((), ("DAX region truncated by 128 MiB due to alignment",))
    assert old.blocks[0].start == 8 * GIB + 128 * MIB


def test_without_a_node_nothing_is_added() -> None:
    """No table plans the address for a node; a CXL region falls back to the first range's node."""
    (hmem,) = answers("kmem:64G+1G")
    (cxl,) = answers("kmem:64G+1G,source=cxl")
    assert hmem.error == "EINVAL: rejecting DAX region with invalid node: -1"
    assert (cxl.accepted, cxl.nid) == (True, 0)


def test_removal_takes_no_block_offline() -> None:
    """Blocks that are online stay until the next reboot; the device is gone all the same."""
    *_, removed, again = answers("kmem:8G+1G", "remove:d0", "remove:d0")
    assert removed.error == (
        "EBUSY: mapping0: 0x200000000-0x23fffffff cannot be hotremoved until the next reboot"
    )
    assert again.error == "ENODEV"
    *_, removed = answers("kmem:8G+1G", "remove:d0", cmdline="memhp_default_state=offline")
    assert removed.accepted
    assert removed.blocks[0].state == "gone"
