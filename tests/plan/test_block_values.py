"""The values of memory blocks."""

from srat_tool.plan.block_values import NO_BLOCKS, BlocksAlike
from srat_tool.plan.offline_reason import OfflineBecause, OfflineReason


def test_alike_blocks_are_compared_by_all_but_their_addresses() -> None:
    """The first two fields are the range, what follows is the answer."""
    run = BlocksAlike(0, 4, 0, ("DMA32",), "maybe", OfflineReason(OfflineBecause.KERNEL_ZONE))
    assert run[2:] == run._replace(start=4, end=8)[2:]
    assert not NO_BLOCKS.runs
