"""The tables of one machine."""

from __future__ import annotations

from srat_tool.api.topology import read_topology
from tests.golden.fixtures import FIXTURES


def test_a_spec_says_where_ram_is() -> None:
    """Tables alone do not."""
    with_ram = read_topology(["example:hot-add-window"])
    without = read_topology([str(FIXTURES / "bin" / "hot-add-window")])
    assert with_ram.ram
    assert without.ram is None
    assert with_ram.srat.entries == without.srat.entries
