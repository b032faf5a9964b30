from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from tests.machines import mem, srat
from tests.plan.support import outcome

TABLE = srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB, hot=True))


def test_it_names_starts_and_kernel_nodes() -> None:
    """By node; a range without a name is identified by its address."""
    done = outcome(TABLE, "nokaslr movable_node")
    assert done.starts == {1: 4 * GIB}
    assert set(done.kernel_nodes) == {0}
    assert any("kernel image" in what for what in done.kernel_nodes[0])
    assert done.named(Span(GIB, GIB + 0x1000)) == "reserved 0x40000000-0x40000fff"
