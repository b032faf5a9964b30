"""The machine before the first event."""

from __future__ import annotations

from tests.hotplug import running


def test_it_is_what_the_boot_left() -> None:
    """Blocks are online, zones as the boot made them, nodes with processors stay online."""
    state = running()
    assert all(run.online and run.early for run in state.blocks)
    assert state.zone(0, "DMA32").early == state.zone(0, "DMA32").present
    assert state.nodes_online == {0, 1}
    assert state.possible == {0, 1, 2}
