from srat_tool.base.units import GIB
from srat_tool.render.plan.as_dmesg import plan_dmesg
from tests.machines import mem, srat
from tests.plan.support import plan


def test_just_the_lines() -> None:
    """As the kernel prints them, without timestamps."""
    made = plan(srat(mem(0, 0, 6 * GIB)))
    assert plan_dmesg(made).splitlines() == list(made.log)


def test_a_boot_that_dies_ends_in_its_panic() -> None:
    """The last line is the kernel's."""
    made = plan(srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB - 4096)))
    assert made.panic is not None
    assert plan_dmesg(made).splitlines() == [*made.log, made.panic]
