"""The random events of the soak."""

from __future__ import annotations

import pytest

from srat_tool.authoring.guest import guest_for
from srat_tool.authoring.guest_events import event_argv, host_step
from srat_tool.authoring.spec import parse_spec
from tests.soak.events import BLOCK, random_sequence


@pytest.mark.parametrize("seed", range(40))
def test_every_sequence_can_be_booted(seed: int) -> None:
    """QEMU has room for its devices, and every event is a step for its host."""
    spec = parse_spec(random_sequence(seed))
    assert spec == parse_spec(random_sequence(seed))
    assert spec.memory is not None
    assert spec.events
    events = [given.event for given in spec.events]
    assert event_argv(guest_for(entry.span for entry in spec.memory.entries), events)
    assert all(host_step(event, BLOCK) for event in events)
