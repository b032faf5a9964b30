"""Events and answers as values."""

from srat_tool.plan.event_values import BlocksAfter, MemoryMapCost


def test_blocks_are_compared_by_all_but_their_addresses() -> None:
    """The first two fields are the range."""
    blocks = BlocksAfter(0, 8, "online", "Normal", ("Normal",))
    assert blocks[2:] == blocks._replace(start=8, end=16)[2:]
    assert MemoryMapCost(1, None, on_memory=False).nid is None
