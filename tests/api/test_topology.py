"""The tables of one machine."""

from __future__ import annotations

from srat_tool.api.topology import read_topology
from srat_tool.base.units import GIB
from tests.golden.fixtures import FIXTURES


def test_a_spec_says_where_ram_is() -> None:
    """Tables alone leave the window of a guest empty."""
    with_ram = read_topology(["example:hot-add-window"])
    without = read_topology([str(FIXTURES / "bin" / "hot-add-window")])
    assert with_ram.ram
    assert without.ram is not None
    assert without.ram[-1].end == 5 * GIB
    assert with_ram.srat.entries == without.srat.entries
