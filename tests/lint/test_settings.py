"""Limits that follow from the kernel's configuration."""

from __future__ import annotations

import pytest

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import BootOptionError
from srat_tool.lint.lint_machine import LintMachine
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
    """52 bits, or what the user specifies."""
    assert Settings().highest_address[0] == 1 << 52
    assert Settings(phys_bits=40).highest_address[0] == 1 << 40


@pytest.mark.parametrize("value", ["-1", "11", "9" * 5000, "", "6x"])
def test_nodes_shift_is_a_number_of_a_kernel(value: str) -> None:
    """0 to 10; anything else is an error before anything is checked."""
    with pytest.raises(BootOptionError):
        Settings(kernel_config={"NODES_SHIFT": value}).demand_known()


@pytest.mark.parametrize(
    ("entries", "nodes"),
    [
        ("apic 0 0\nmem 0..64 0+1G", 1024),
        ("gicc 0 0\nmem 0..64 0+1G", 16),
        ("rintc 0 0\nmem 0..64 0+1G", 4),
    ],
)
def test_the_limit_is_that_of_the_architecture(entries: str, nodes: int) -> None:
    """Kernels of other architectures are built with fewer nodes."""
    tables = assemble(parse_spec(f"[srat]\nentries = '''\n{entries}\n'''"))
    for asked, expected in (({}, nodes), ({"NODES_SHIFT": "7"}, 128)):
        machine = LintMachine(tables, Settings(kernel_config=asked))
        assert machine.srat is not None
        assert machine.srat.settings.max_nodes == expected
