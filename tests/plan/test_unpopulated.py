"""The other outcome for a real machine's hot-pluggable ranges."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.base.units import GIB
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import MovableStart
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from tests.machines import cpu, mem, srat
from tests.plan.support import raw

TABLES = (
    raw(
        srat(
            cpu(0, 0), cpu(1, 1),
            mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB), mem(1, 8 * GIB, 16 * GIB, hot=True),
        )
    ),
)  # fmt: skip
EMPTY = "the hot-pluggable ranges hold no RAM at boot"


def test_the_other_outcome_is_planned() -> None:
    """The alternative has the kernel nodes and zones of the machine without that RAM."""
    made = make_plan(Machine(tables=TABLES, extra_options=("movable_node", "nokaslr")))
    (other,) = made.alternatives
    assert other.condition == EMPTY
    entries = (MapEntry(0, 2 * GIB, MemoryType.RAM), MapEntry(4 * GIB, 6 * GIB, MemoryType.RAM))
    empty = make_plan(
        Machine(
            tables=TABLES,
            extra_options=("movable_node", "nokaslr"),
            memory_map=MemoryMap(entries),
        )
    )
    assert other.movable_start == empty.movable_start
    assert other.kernel_nodes == tuple(node.nid for node in empty.nodes if node.kernel_node)
    assert empty.alternatives == ()


def test_a_map_decides() -> None:
    """Where RAM is known there is no other outcome, and no assumption."""
    entries = (MapEntry(0, 2 * GIB, MemoryType.RAM), MapEntry(8 * GIB, 16 * GIB, MemoryType.RAM))
    made = make_plan(Machine(tables=TABLES, memory_map=MemoryMap(entries)))
    assert EMPTY not in [choice.condition for choice in made.alternatives]
    assert "hot-pluggable ranges" not in [one.what for one in made.assumptions]


def test_only_hot_pluggable_memory() -> None:
    """Without any other memory the machine would not boot: that is no outcome."""
    tables = (raw(srat(mem(0, 0, 4 * GIB, hot=True))),)
    assert make_plan(Machine(tables=tables)).alternatives == ()


def test_windows_of_a_guest_may_hold_ram_after_all() -> None:
    """A hypervisor may call RAM of the boot hot-pluggable."""
    table = srat(cpu(0, 0), mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB, hot=True))
    guest = replace(table, header=table.header._replace(oem_id=b"BOCHS"))
    made = make_plan(Machine(tables=(raw(guest),), extra_options=("movable_node", "nokaslr")))
    (other,) = made.alternatives
    assert (made.movable_start, other.movable_start) == ((), (MovableStart(1, 4 * GIB),))
    assert other.changes == "it is no memory for later; node 1 has a ZONE_MOVABLE"
