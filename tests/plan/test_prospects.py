import pytest

from srat_tool.base.units import GIB
from srat_tool.plan.answer import plan_of
from srat_tool.plan.prospects import crash
from tests.machines import initiator, mem, srat
from tests.plan.support import outcome


def test_a_sound_boot_survives() -> None:
    """No crash is predicted."""
    done = outcome(srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB)))
    assert crash(done) is None


def test_a_lost_page_kills() -> None:
    """Its address is part of the message."""
    done = outcome(srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB - 4096)))
    died = crash(done)
    assert died is not None
    assert "0x17ffff000-0x17fffffff" in died.why
    assert died.panic == "Kernel panic - not syncing: Attempted to kill the idle task!"


@pytest.mark.parametrize(("kernel", "killed"), [
    ("5.9", None), ("5.10", "init!"), ("7.2", "the idle task!"),
])  # fmt: skip
def test_initiators_of_a_rejected_table_kill(kernel: str, killed: str | None) -> None:
    """Their nodes are brought up although the table that named them is gone."""
    overlap = srat(initiator(5), mem(0, 0, 3 * GIB), mem(1, 2 * GIB, 6 * GIB), initiator(7))
    died = crash(outcome(overlap, profile=kernel))
    assert (died and died.panic.partition("kill ")[2].split(" exit")[0]) == killed
    sound = srat(initiator(5), mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB))
    assert crash(outcome(sound, profile=kernel)) is None


def test_fake_nodes_can_kill_before_any_zone() -> None:
    """With fewer of them than nodes, and no SLIT."""
    table = srat(mem(0, 0, GIB), mem(1, GIB, 2 * GIB), mem(2, 4 * GIB, 6 * GIB))
    done = outcome(table, "numa=fake=2", profile="7.2")
    assert "distance table" in str(crash(done))
    assert done.zones == ()


@pytest.mark.parametrize(("initiators", "said"), [
    ((5,), "its initiator's node 1 is brought up all the same, without any data about it"),
    ((5, 7), "nodes 1 and 2 of its initiators are brought up all the same"),
])  # fmt: skip
def test_one_initiator_is_one(initiators: tuple[int, ...], said: str) -> None:
    """The sentence counts."""
    listed = [initiator(pxm) for pxm in (9, *initiators)]
    died = crash(
        outcome(srat(mem(0, 0, 3 * GIB), mem(1, 2 * GIB, 6 * GIB), *listed), profile="7.2")
    )
    assert died is not None
    assert said in died.why
    assert died.has_zonelists


@pytest.mark.parametrize(("kernel", "orders"), [
    ("5.10", []), ("6.17", ["Fallback order for Node 0: 0 "]),
])  # fmt: skip
def test_what_is_printed_before_the_death(kernel: str, orders: list[str]) -> None:
    """Initiators kill after the fallback orders; RAM without a node kills before them."""
    overlap = srat(initiator(5), initiator(7), mem(0, 0, 3 * GIB), mem(1, 2 * GIB, 6 * GIB))
    lost = srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB - 4096))
    for table, printed in ((overlap, orders), (lost, [])):
        plan = plan_of(outcome(table, profile=kernel))
        assert plan.crash is not None
        assert [line for line in plan.log if line.startswith("Fallback")] == printed
