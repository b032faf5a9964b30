"""The random machines of the soak."""

from __future__ import annotations

import pytest

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.spec import parse_spec
from tests.soak.machines import random_machine


@pytest.mark.parametrize("seed", range(50))
def test_every_machine_is_a_spec(seed: int) -> None:
    """A random machine can be built, and its number gives it again."""
    machine = random_machine(seed)
    assert machine == random_machine(seed)
    assert assemble(parse_spec(machine.spec()))
    assert all(len(smaller.spec()) < len(machine.spec()) + 4 for smaller in machine.smaller())
