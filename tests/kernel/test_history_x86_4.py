"""The rows of x86 from 4.0 to 5.9."""

from __future__ import annotations

from srat_tool.kernel.history_x86_4 import V4, V4_3, V4_4, V4_8, V4_9_0
from srat_tool.kernel.profile import MemorylessLines


def test_nodes_of_processors_only_come_up_from_4_9_on() -> None:
    """Before, their processors go to the nearest node that has memory."""
    assert V4_8.memoryless is MemorylessLines.NONE
    assert V4_9_0.memoryless is MemorylessLines.EMPTY_RANGE
    assert V4[-1].memoryless is MemorylessLines.EMPTY_RANGE


def test_sizes_are_limited_from_4_4_on() -> None:
    """`movablecore=` of more than all RAM wraps around in older kernels."""
    assert not V4_3.clamps_sizes
    assert V4_4.clamps_sizes
    assert V4[-1].clamps_sizes
