"""The rows of riscv64."""

from __future__ import annotations

from srat_tool.kernel.history_riscv64 import HISTORY
from srat_tool.kernel.profile import MemOption, NumaDriver


def test_a_srat_is_read_from_6_11_on() -> None:
    """The driver is the one of arm64: ranges at once in 6.11, numa_meminfo from 6.12 on."""
    assert HISTORY[0].since == (6, 11)
    assert HISTORY[0].numa_driver is NumaDriver.DIRECT
    assert {row.numa_driver for row in HISTORY[1:]} == {NumaDriver.MEMINFO}


def test_the_configuration_is_debians() -> None:
    """Four nodes at most, and zones without a small DMA zone."""
    assert {row.max_nodes for row in HISTORY} == {4}
    assert [zone.name for zone in HISTORY[-1].arch.zones] == ["DMA32", "Normal"]
    assert {row.mem_option for row in HISTORY} == {MemOption.ENFORCED}


def test_node_data_grew() -> None:
    """As boots of 6.12.117 and 7.2.13 show."""
    sizes = {row.name: row.node_data_bytes for row in HISTORY}
    assert (sizes["6.12"], sizes["7.2"]) == (0x2440, 0x2A00)
