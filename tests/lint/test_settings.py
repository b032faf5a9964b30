"""Limits that follow from the kernel's configuration."""

from __future__ import annotations

from srat_tool.lint.settings import Settings


def test_distribution_limits() -> None:
    """Distributions build for 1,024 nodes; there are twice as many memory blocks."""
    settings = Settings()
    assert (settings.max_nodes, settings.max_domains) == (1024, 1024)
    assert settings.max_memory_blocks == 2048


def test_domains_have_a_floor() -> None:
    """A kernel for 64 nodes still maps domains up to 255."""
    settings = Settings(kernel_config={"NODES_SHIFT": "6"})
    assert (settings.max_nodes, settings.max_domains) == (64, 256)
