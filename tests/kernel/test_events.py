from srat_tool.base.span import Span
from srat_tool.kernel.events import NumaBlock


def test_a_block_knows_its_range() -> None:
    """Half open, in bytes."""
    assert NumaBlock(0x1000, 0x3000, 1, (48,)).span == Span(0x1000, 0x3000)
