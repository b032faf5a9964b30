from srat_tool.base.units import GIB
from srat_tool.plan.prospects import alternatives, crash
from tests.machines import mem, srat
from tests.plan.support import outcome


def test_a_sound_boot_survives() -> None:
    """Nothing to say about it."""
    done = outcome(srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB)))
    assert crash(done) is None
    assert alternatives(done) == ()


def test_a_lost_page_kills() -> None:
    """Where it lies is part of the message."""
    done = outcome(srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB - 4096)))
    assert "0x17ffff000-0x17fffffff" in str(crash(done))


def test_every_entry_hot_leaves_all_ram_to_the_boot_stub() -> None:
    """Then a hot node can become the kernel's."""
    table = srat(mem(0, 0, 2 * GIB, hot=True), mem(1, 4 * GIB, 6 * GIB, hot=True))
    (choice,) = alternatives(outcome(table, "movable_node", kernel_image=None))
    assert "ZONE_MOVABLE of it disappears" in choice.changes
