"""The running machine before the first event."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.kernel.hotplug.events import AddKmem
from srat_tool.plan.hot_start import boot_devices, start
from srat_tool.plan.late_values import SoftReserved
from tests.hotplug import TABLE
from tests.plan.support import outcome


def test_the_policy_of_the_machine_is_in_its_state() -> None:
    """The command line decides; where it does not, the distribution does, and that is assumed."""
    told = outcome(TABLE, "memhp_default_state=online_movable", profile="6.1")
    assert start(told).policy.default_type == "online_movable"
    red_hat = outcome(TABLE, "nokaslr", profile="6.1.0-5.el9.x86_64")
    assert start(red_hat).policy.default_type == "online_movable"
    assert any(guess.what == "user space" for guess in red_hat.inputs.assumptions)


def test_a_device_that_holds_several_pieces_is_one() -> None:
    """Pieces that no driver made memory of add none."""
    device = Span(4 * GIB, 6 * GIB)
    one = SoftReserved(
        Span(4 * GIB, 5 * GIB), "hmem", 1, "system-ram", GIB, None, "kmem takes it", device
    )  # fmt: skip
    other = one._replace(span=Span(5 * GIB, 6 * GIB))
    kept = one._replace(mode="devdax", device=Span(8 * GIB, 9 * GIB))
    made = AddKmem("dax@0x100000000", (device,), "hmem", 1)
    assert list(boot_devices([one, other, kept])) == [made]
