"""The random events of the soak."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.authoring.guest import guest_for
from srat_tool.authoring.guest_events import event_argv, host_step
from srat_tool.authoring.spec import parse_spec
from tests.soak.events import BLOCK, modules_of, random_sequence


@pytest.mark.parametrize("virtio_mem", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_every_sequence_can_be_booted(seed: int, virtio_mem: bool) -> None:
    """QEMU has room for its devices, and every event is a step for its host."""
    text = random_sequence(seed, virtio_mem=virtio_mem)
    spec = parse_spec(text)
    assert spec == parse_spec(random_sequence(seed, virtio_mem=virtio_mem))
    assert virtio_mem or "virtio-mem" not in text
    assert spec.memory is not None
    assert spec.events
    events = [given.event for given in spec.events]
    assert event_argv(guest_for(entry.span for entry in spec.memory.entries), events)
    assert all(host_step(event, BLOCK) for event in events)


def test_modules_are_those_beside_the_kernel(tmp_path: Path) -> None:
    """In the order in which they need each other."""
    kernel = tmp_path / "vmlinuz"
    assert modules_of(kernel) == []
    (tmp_path / "modules").mkdir()
    for name in ("virtio_mem", "virtio", "virtio_ring", "other"):
        (tmp_path / "modules" / f"{name}.ko").touch()
    assert [Path(one).stem for one in modules_of(kernel)] == [
        "virtio_ring",
        "virtio",
        "virtio_mem",
    ]
