from srat_tool.base.units import GIB, MIB
from srat_tool.plan.node_local import node_local
from tests.machines import mem, srat
from tests.plan.support import outcome


def test_sizes() -> None:
    """2 MiB of vmemmap for each section that holds RAM, and one pg_data_t."""
    rows = node_local(outcome(srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB))))
    assert [(row.nid, row.what, row.bytes) for row in rows] == [
        (0, "NODE_DATA", 0x2B000),
        (0, "vmemmap", 32 * MIB),
        (1, "NODE_DATA", 0x2B000),
        (1, "vmemmap", 32 * MIB),
    ]
    assert rows[0].start is not None
    assert rows[1].start is None
