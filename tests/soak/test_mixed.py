"""Events on the machines of the general soak."""

from __future__ import annotations

import pytest

from srat_tool.authoring.guest import guest_for
from srat_tool.authoring.guest_events import event_argv, host_step
from srat_tool.authoring.spec import parse_spec
from tests.soak.events import BLOCK
from tests.soak.machines import random_machine
from tests.soak.mixed import machine_with_events
from tests.soak.soak import every


@pytest.mark.parametrize("seed", range(20))
def test_every_machine_of_the_soak_can_have_events(seed: int) -> None:
    """Its spec is the machine's own with events, which QEMU has room and a step for."""
    machine = random_machine(seed)
    spec = parse_spec(machine_with_events(machine, seed))
    assert spec.tables == parse_spec(machine.spec()).tables
    assert spec.memory is not None
    events = [given.event for given in spec.events]
    assert events
    assert event_argv(guest_for(entry.span for entry in spec.memory.entries), events)
    assert all(host_step(event, BLOCK) for event in events)


def test_machines_take_turns() -> None:
    """The last of each period has events; without a period none has."""
    assert [number for number in range(8) if every(number, 3, 2)] == [2, 5]
    assert not any(every(number, 0, -1) for number in range(8))
