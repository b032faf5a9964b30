"""Whether the machine is virtual, and what that changes."""

from __future__ import annotations

from srat_tool.base.units import GIB
from srat_tool.plan.hardware import other_hardware
from srat_tool.plan.plan import Plan
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from tests.machines import cpu, mem, srat
from tests.plan.support import outcome, plan

TABLE = srat(cpu(0, 0), mem(0, 0, 6 * GIB), mem(1, 8 * GIB, 9 * GIB, hot=True))


def _large(hardware: str | None = None) -> Plan:
    ram = MemoryMap(entries=(MapEntry(0x1000, 65 * GIB, MemoryType.RAM),))
    table = srat(cpu(0, 0), mem(0, 0, 65 * GIB))
    return plan(table, memory_map=ram, profile="6.12.117", hardware=hardware)


def test_the_hypervisor_bit_decides_about_blocks() -> None:
    """From 64 GiB on; where it was not given, both answers are there."""
    assert _large(hardware="bare").memory_block_bytes == 2 * GIB
    assert _large(hardware="virtual").memory_block_bytes == GIB
    both = _large()
    assert both.memory_block_bytes == 2 * GIB
    assert [a.changes for a in both.alternatives if "--hardware" in a.condition] == [
        "memory blocks have 1G"
    ]
    assert [a.kernel_nodes for a in both.alternatives if "--hardware" in a.condition] == [(0,)]
    assert not any("--hardware" in a.condition for a in _large(hardware="bare").alternatives)
    assert other_hardware(outcome(TABLE)) == ()
