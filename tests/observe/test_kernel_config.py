"""Kernel configuration files."""

from __future__ import annotations

from srat_tool.observe.kernel_config import parse_kernel_config


def test_values() -> None:
    """Strings without their quotes, and what is not set."""
    text = '# a comment\nCONFIG_NODES_SHIFT=10\n# CONFIG_NUMA_EMU is not set\nCONFIG_X="a b"\n'
    assert parse_kernel_config(text) == {"NODES_SHIFT": "10", "NUMA_EMU": "n", "X": "a b"}
