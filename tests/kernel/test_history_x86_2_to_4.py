"""The rows of x86 up to 4.x."""

from __future__ import annotations

from srat_tool.kernel.history_x86_2_to_4 import OLD, V4_3, V4_4, V4_8, V4_9
from srat_tool.kernel.profile import MemorylessLines


def test_nodes_of_processors_only_come_up_from_4_9_on() -> None:
    """Before, their processors go to the nearest node that has memory."""
    assert V4_8.memoryless is MemorylessLines.NONE
    assert V4_9.memoryless is MemorylessLines.EMPTY_RANGE
    assert OLD[-1].memoryless is MemorylessLines.EMPTY_RANGE


def test_sizes_are_limited_from_4_4_on() -> None:
    """`movablecore=` of more than all RAM wraps around in older kernels."""
    assert not V4_3.clamps_sizes
    assert V4_4.clamps_sizes
    assert OLD[-1].clamps_sizes
