"""Events on the machines of the general soak: the same machine, and what happens after its boot."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from srat_tool.api.trial_events import read_user_space
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.units import GIB, align_up
from srat_tool.compare.verified import Verdict
from tests.soak.events import modules_of, random_events
from tests.soak.guests import attempt_spec
from tests.soak.machines import RandomMachine
from tests.soak.views import Difference

VIEW = "events"
_TIMEOUT = 600
_SLOT = 2 * GIB
_MAX_DOMAIN = 3


def machine_with_events(machine: RandomMachine, seed: int, *, virtio_mem: bool = True) -> str:
    """Return a machine with events, as a spec; the same number gives the same events.

    Args:
        machine: the machine.
        seed: its number.
        virtio_mem: the kernel has a driver for such devices.
    """
    rng = random.Random(seed)  # noqa: S311 - nothing secret here
    ram = sorted(machine.ram)
    first = align_up(ram[-1].end, _SLOT) + _SLOT
    events = random_events(rng, rng.randrange(1, _MAX_DOMAIN + 1), ram, virtio_mem, first)
    return machine.spec() + "\n".join(events) + "\n"


def event_differences(machine: RandomMachine, seed: int, kernel: Path) -> Iterator[Difference]:
    """Boot a machine, let its events happen, and yield the steps that differ from the plan.

    Raises:
        SratToolError: when QEMU cannot be such a machine, or the boot ends before user space.
    """
    modules = modules_of(kernel)
    spec = parse_spec(machine_with_events(machine, seed, virtio_mem=bool(modules)))
    trial = attempt_spec(spec, kernel, read_user_space(None, modules), _TIMEOUT)
    for part in trial.verification.parts:
        if part.verdict is Verdict.DIFFERENT:
            yield Difference(VIEW, part)
