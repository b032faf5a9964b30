import pytest

from srat_tool.base.units import GIB, MIB
from srat_tool.plan.hot_ranges import hot_adds, hot_ranges
from tests.machines import mem, srat
from tests.plan.support import outcome

TABLE = srat(
    mem(0, 0, 2 * GIB, hot=True),
    mem(1, 4 * GIB, 6 * GIB, hot=True),
    mem(1, 8 * GIB, 9 * GIB + MIB, hot=True),
    mem(2, 10 * GIB, 11 * GIB, hot=True, enabled=False),
    mem(3, 12 * GIB, 13 * GIB),
)


@pytest.mark.parametrize(("cmdline", "verdicts"), [
    ("movable_node", ["kernel-node", "movable", "no-ram", "disabled"]),
    ("", ["not-asked", "not-asked", "no-ram", "disabled"]),
    ("numa=off movable_node", ["rejected", "rejected", "rejected", "disabled"]),
])  # fmt: skip
def test_verdicts(cmdline: str, verdicts: list[str]) -> None:
    """Every entry with the bit gets one, in table order, with its offset and a reason."""
    ranges = hot_ranges(outcome(TABLE, cmdline))
    assert [one.verdict for one in ranges] == verdicts
    assert [one.offset for one in ranges] == [48, 88, 128, 168]
    assert all(one.because for one in ranges)


def test_what_is_left_for_hot_add() -> None:
    """Alignment is that of memory blocks."""
    (window,) = hot_adds(outcome(TABLE, "movable_node"))
    assert (window.start, window.nid, window.aligned) == (8 * GIB, 1, False)
    assert hot_adds(outcome(TABLE, "numa=off"))[-1].nid == 0


def test_the_node_of_added_memory_depends_on_the_device() -> None:
    """Linux asks the device for its domain, and looks no range of the SRAT up."""
    (window,) = hot_adds(outcome(TABLE, "movable_node"))
    assert window.condition == (
        "if the _PXM of the memory device is 1; without a known _PXM, node 0"
    )
    off = hot_adds(outcome(TABLE, "numa=off"))
    assert {one.condition for one in off} == {"all memory is on node 0"}
