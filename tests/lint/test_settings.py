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


def test_address_width() -> None:
    """52 bits, or what the user says."""
    assert Settings().highest_address[0] == 1 << 52
    assert Settings(phys_bits=40).highest_address[0] == 1 << 40
