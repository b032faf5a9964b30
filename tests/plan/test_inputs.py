"""What a boot starts from."""

from __future__ import annotations

import pytest

from srat_tool.base.units import GIB
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.machine import Machine
from srat_tool.plan.plan import Assumption
from srat_tool.plan.read_machine import read_machine
from tests.machines import mem, srat
from tests.plan.support import raw


def _inputs(**more: str) -> Inputs:
    return read_machine(Machine(tables=(raw(srat(mem(7, 0, GIB))),), **more))  # type: ignore[arg-type]


def test_an_assumption_is_named_once() -> None:
    """Whoever needs the same input again adds no second line."""
    inputs = _inputs()
    before = len(inputs.assumptions)
    inputs.assume("initrd", "none", "why")
    inputs.assume("initrd", "none", "why")
    assert inputs.assumptions[before:] == [Assumption("initrd", "none", "why")]


@pytest.mark.parametrize(("hardware", "virtual"), [("virtual", True), ("bare", False)])
def test_the_user_decides_about_a_hypervisor(hardware: str, *, virtual: bool) -> None:
    """What the user specified counts more than the tables' makers."""
    assert _inputs(hardware=hardware).is_virtual is virtual


def test_memory_of_the_srat_is_in_table_order() -> None:
    """Entries come with their proximity domain; without a SRAT there is none."""
    inputs = _inputs()
    assert [inputs.domain_of(entry) for entry in inputs.srat_memory] == [7]
    assert read_machine(Machine()).srat_memory == ()
