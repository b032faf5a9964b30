"""What keeps nodes from being removed: each reason, from plans of whole machines."""

from __future__ import annotations

import pytest

from srat_tool.base.units import GIB
from srat_tool.plan.obstacles import Obstacles
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from tests.machines import cpu, mem, srat
from tests.plan.support import plan

TABLE = srat(
    cpu(0, 0),
    mem(0, 0, 4 * GIB),
    mem(1, 4 * GIB, 6 * GIB, hot=True),
    mem(1, 6 * GIB, 8 * GIB),
    mem(2, 8 * GIB, 10 * GIB, hot=True),
)
RAM = MemoryMap((MapEntry(0, 10 * GIB, MemoryType.RAM),))


@pytest.mark.parametrize(
    ("nid", "reason"),
    [(0, "holds early kernel data"), (1, "does not call hot-pluggable: 0x180000000"), (2, None)],
)
def test_each_node_has_its_reason(nid: int, reason: str | None) -> None:
    """The answers of one plan do not depend on which node is asked about first."""
    made = plan(TABLE, "movable_node", memory_map=RAM)
    found = Obstacles(made).why_not(nid)
    assert found is None if reason is None else reason in (found or "")
    shared = Obstacles(made)
    answers = {one: shared.why_not(one) for one in (2, 1, 0)}
    assert answers[nid] == found


def test_memory_that_is_not_movable() -> None:
    """Without the option all of it stays with the kernel."""
    made = plan(TABLE, "", memory_map=RAM)
    assert "do not become movable" in (Obstacles(made).why_not(2) or "")
