from srat_tool.base.units import GIB
from srat_tool.render.plan.as_dmesg import plan_dmesg
from tests.machines import mem, srat
from tests.plan.support import plan


def test_just_the_lines() -> None:
    """As the kernel prints them, without timestamps."""
    made = plan(srat(mem(0, 0, 6 * GIB)))
    assert plan_dmesg(made).splitlines() == list(made.log)
