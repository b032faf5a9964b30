import pytest

from srat_tool.base.units import GIB
from srat_tool.plan.prospects import crash
from tests.machines import initiator, mem, srat
from tests.plan.support import outcome


def test_a_sound_boot_survives() -> None:
    """Nothing to say about it."""
    done = outcome(srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB)))
    assert crash(done) is None


def test_a_lost_page_kills() -> None:
    """Where it lies is part of the message."""
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
