"""Let random events happen on booted machines and compare each step with the plan.

python -m tests.soak.events --count 200 [--first 0]

Sequences have virtio-mem devices where the folder `modules` of the kernel has virtio_mem.ko.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from srat_tool.api.trial import choose_kernel, find_kernels
from srat_tool.api.trial_events import read_user_space
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.compare.verified import Verdict
from tests.soak.guests import attempt_spec

BLOCK = 128 * MIB
_FIRST = 8 * GIB
_SLOT = 2 * GIB
_SLOTS = 5
_WORDS = ("online", "online_kernel", "online_movable", "offline")
_RATIOS = (0, 20, 40, 60, 100, 301, 1000)
_SIZES = ("kernelcore=1G", "movablecore=512M", "kernelcore=60%", "movablecore=30%")
_RARE = (*_SIZES, "numa=off", "cma=96M")
_DEVICE_BLOCKS = (2, 2, 2, 4, 8, 64, 128, 256, 256)
# What virtio-mem needs, in the order in which it is loaded; what a kernel has built in is no file.
_MODULES = (
    *("virtio_ring", "virtio", "virtio_pci_modern_dev", "virtio_pci_legacy_dev", "virtio_pci"),
    "virtio_mem",
)


class _Plugged(NamedTuple):
    """A device of a sequence; `unit` is its device block, 0 for a DIMM."""

    name: str
    span: Span
    unit: int


def random_sequence(seed: int, *, virtio_mem: bool = True) -> str:
    """Return machine number `seed` with its events, as a spec; the same number gives the same.

    Args:
        seed: its number.
        virtio_mem: the kernel has a driver for such devices.
    """
    rng = random.Random(seed)  # noqa: S311 - nothing secret here
    nodes = rng.choice((1, 2, 2, 3))
    low = rng.choice((1024, 1536, 2048)) * MIB
    high = 0 if nodes == 1 else (nodes - 1) * GIB
    entries = [f"apic 0  0\nmem  0  0+{low:#x}"]
    entries += [f"mem  {nid}  {4 * GIB + (nid - 1) * GIB:#x}+1G" for nid in range(1, nodes)]
    if nodes > 1 and rng.random() < 0.25:
        entries[-1] += "  hotplug"
    named = nodes + 1 if rng.random() < 0.7 else rng.randrange(nodes + 1)
    entries += [f"mem  {nid}  {_FIRST + nid * _SLOT:#x}+2G  hotplug" for nid in range(named)]
    ram = ["0..640K", f"1M..{low:#x}", *([f"4G+{high:#x}"] if high else [])]
    return "\n".join(
        [
            "[srat]\nentries = '''",
            *entries,
            "'''\n[memory]",
            f"ram = [{', '.join(map(repr, ram))}]",
            f"[kernel]\ncmdline = '{' '.join(_options(rng))}'",
            *random_events(rng, nodes, [Span(0, low), Span(4 * GIB, 4 * GIB + high)], virtio_mem),
        ]
    )


def _options(rng: random.Random) -> Iterator[str]:
    if rng.random() < 0.35:
        yield "movable_node"
    if rng.random() < 0.15:
        yield rng.choice(_RARE)
    if rng.random() < 0.6:
        yield f"memhp_default_state={rng.choice(_WORDS)}"
    if rng.random() < 0.45:
        yield "memory_hotplug.online_policy=auto-movable"
        yield f"memory_hotplug.auto_movable_ratio={rng.choice(_RATIOS)}"
        yield f"memory_hotplug.auto_movable_numa_aware={rng.choice('yyN')}"
    if rng.random() < 0.35:
        yield f"memory_hotplug.memmap_on_memory={rng.choice(('1', 'Y', 'force'))}"


def random_events(
    rng: random.Random, nodes: int, ram: list[Span], virtio_mem: bool, first: int = _FIRST
) -> Iterator[str]:
    """Yield sections: each device has a slot of its own, state changes are within one.

    Args:
        rng: decides.
        nodes: how many proximity domains there are; devices name others too.
        ram: memory of the boot, by address.
        virtio_mem: the kernel has a driver for such devices.
        first: where the first slot begins, a multiple of the memory block size.
    """
    devices: list[_Plugged] = []
    total = rng.randrange(4, 11)
    slot = 0
    for number in range(total):
        choice = rng.random()
        if slot < _SLOTS and (not devices or choice < 0.35):
            pxm = slot if slot <= nodes and rng.random() < 0.6 else rng.randrange(nodes + 2)
            made = _device(rng, f"m{number}", first + slot * _SLOT, virtio_mem)
            slot += 1
            devices.append(made)
            yield _plug(rng, made, pxm)
            continue
        device = rng.choice(devices)
        if choice < 0.5 and device.unit:
            yield f'[[event]]\nevent = "resize"\nid = "{device.name}"'
            yield f"size = {_some_of(rng, device)}"
        elif choice < 0.5:
            yield f'[[event]]\nevent = "remove"\nid = "{device.name}"'
            devices = [one for one in devices if one != device] or devices
        elif number == total - 1 and choice < 0.65:
            # What boot memory holds is often not to be known: nothing comes after it.
            span = rng.choice([one for one in ram if one])
            yield _write(rng, Span(span.start, span.end))
        else:
            yield _write(rng, device.span)


def _device(rng: random.Random, name: str, at: int, virtio_mem: bool) -> _Plugged:
    if virtio_mem and rng.random() < 0.4:
        unit = rng.choice(_DEVICE_BLOCKS) * MIB
        start = at + rng.choice((0, 0, 0, 256, 512)) * MIB
        return _Plugged(name, Span(start, start + rng.choice((512, 1024, 1280)) * MIB), unit)
    start, size = at + rng.randrange(8) * BLOCK, rng.choice((1, 2, 4, 8)) * BLOCK
    if rng.random() < 0.1:
        start += BLOCK // 2
    elif rng.random() < 0.1:
        size -= BLOCK // 2
    return _Plugged(name, Span(start, start + size), 0)


def _plug(rng: random.Random, device: _Plugged, pxm: int) -> str:
    start, size = device.span.start, device.span.size
    kind = "virtio-mem" if device.unit else "dimm"
    lines = [f'[[event]]\nevent = "{kind}"\nrange = "{start:#x}+{size:#x}"\npxm = {pxm}']
    lines.append(f'id = "{device.name}"')
    if device.unit:
        lines.append(f"block = {device.unit}\nrequested = {_some_of(rng, device)}")
    return "\n".join(lines)


def _some_of(rng: random.Random, device: _Plugged) -> int:
    return rng.randrange(device.span.size // device.unit + 1) * device.unit


def _write(rng: random.Random, within: Span) -> str:
    """Return a change of some memory blocks that begin in a range; some may not exist."""
    first = within.start // BLOCK
    count = max(1, within.size // BLOCK)
    start = rng.randrange(count)
    blocks = rng.randrange(1, count - start + 1)
    span = f"{(first + start) * BLOCK:#x}+{blocks * BLOCK:#x}"
    return f'[[event]]\nevent = "{rng.choice(_WORDS)}"\nrange = "{span}"'


def modules_of(kernel: Path) -> list[str]:
    """Return the modules of virtio-mem in the folder `modules` next to a kernel, uncompressed."""
    files = (kernel.parent / "modules" / f"{name}.ko" for name in _MODULES)
    return [str(path) for path in files if path.is_file()]


def main() -> int:
    """Soak; status 1 when a step differed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--timeout", type=float, default=600)
    chosen = parser.parse_args()
    kernels = find_kernels() or [choose_kernel(None)]
    outcomes: Counter[str] = Counter()
    for seed in range(chosen.first, chosen.first + chosen.count):
        kernel, begin = kernels[seed % len(kernels)], time.monotonic()
        modules = modules_of(kernel)
        text = random_sequence(seed, virtio_mem=bool(modules))
        user_space = read_user_space(None, modules)
        try:
            trial = attempt_spec(parse_spec(text), kernel, user_space, chosen.timeout)
        except SratToolError as error:
            said = f"not judged: {error.what}"
        else:
            parts = trial.verification.parts
            wrong = [part for part in parts if part.verdict is Verdict.DIFFERENT]
            steps = sum(part.name.startswith("event") for part in parts)
            outcomes["steps"] += steps
            said = f"different: {wrong[0].name}" if wrong else "equal"
            if wrong:
                sys.stdout.write(f"{text}\n# plan {wrong[0].predicted}\n# seen {wrong[0].seen}\n")
        outcomes[said.partition(";")[0]] += 1
        seconds = time.monotonic() - begin
        sys.stdout.write(f"sequence {seed}, {kernel}: {said} ({seconds:.0f} s)\n")
        sys.stdout.flush()
    sys.stdout.writelines(f"{count:6} {said}\n" for said, count in outcomes.most_common())
    return 1 if any(said.startswith("different") for said in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
