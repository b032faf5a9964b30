from srat_tool.base.units import GIB
from tests.machines import cpu, mem, srat, x2apic
from tests.plan.support import plan

TABLE = srat(cpu(7, 0), x2apic(9, 5), mem(9, 0, 2 * GIB), mem(7, 4 * GIB, 6 * GIB))


def test_nodes_know_their_domains_processors_and_ranges() -> None:
    """In ascending order of node."""
    made = plan(TABLE)
    assert [(node.nid, node.pxm, node.cpus) for node in made.nodes] == [(0, 7, (0,)), (1, 9, (5,))]
    assert made.nodes[1].ranges == ((0, 2 * GIB),)
    assert made.distances.matrix == ((10, 20), (20, 10))


def test_options_that_decide_and_options_that_do_not() -> None:
    """Those overruled name what overrules them."""
    kernel = plan(TABLE, "movable_node movablecore=1G").kernel
    assert kernel.options == {"movable_node": ""}
    assert kernel.ignored == (("movablecore=1G", "movable_node decides"),)
    kernel = plan(TABLE, "kernelcore=0 numa=off").kernel
    assert (kernel.policy, kernel.options) == ("none", {"numa": "off"})
    assert kernel.ignored[0].why == "it asks for nothing"


def test_reservations_say_what_they_are_for() -> None:
    """The kernel image among them; node data is taken by the kernel itself."""
    made = plan(TABLE)
    assert "kernel image" in {region.what for region in made.reserved}
    assert made.events
