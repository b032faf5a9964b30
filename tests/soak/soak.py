"""Boot random machines and compare; the first difference of a kind is shrunk to a small spec.

python -m tests.soak.soak --count 200 [--first 0] [--jobs 2] [--keep DIR] [--after 5] [--events 7]

Every fifth machine goes on to user space, and on every seventh events happen after its boot. The
kernels are those of $SRATTOOL_KERNEL (`:` between several, of any architecture), or of /boot.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from srat_tool.api.trial import choose_kernel, find_kernels
from srat_tool.base.architecture import E820_ARCHITECTURE, Architecture
from srat_tool.base.errors import SratToolError
from srat_tool.cli.progress import progress_line, progress_shown
from tests.soak.events import modules_of
from tests.soak.guest_topology import GuestTopology, random_topology
from tests.soak.guests import BUSYBOX, architecture_of, boot_machine
from tests.soak.machines import RandomMachine, random_machine
from tests.soak.mixed import VIEW, event_differences, machine_with_events
from tests.soak.views import Difference, differences

_MAX_STEPS = 60
_SIDE_BY_SIDE = 8
"""Machines of one way of drawing in a row, so that every kernel meets both."""


class Finding(NamedTuple):
    """A machine on which kernel and plan differ."""

    seed: int
    kernel: Path
    machine: RandomMachine | GuestTopology
    found: Difference


class Outcome(NamedTuple):
    """What came of one machine: a word for the summary, and the first difference of each kind."""

    kernel: Path
    said: str
    findings: tuple[Finding, ...] = ()


def drawn_machine(seed: int, arch: Architecture) -> RandomMachine | GuestTopology:
    """Return machine `seed`: on boards with firmware of their own QEMU makes tables of half."""
    half = not arch.has_e820 and seed // _SIDE_BY_SIDE % 2 == 0
    if half or not arch.takes_tables:
        return random_topology(seed, arch)
    return random_machine(seed, arch)


def shrink(finding: Finding) -> Finding:
    """Leave parts out as long as the same kind of difference remains."""
    steps = 0
    smaller: Iterator[RandomMachine | GuestTopology] = finding.machine.smaller()
    while (machine := next(smaller, None)) is not None and steps < _MAX_STEPS:
        steps += 1
        try:
            found = _found(machine, finding.seed, finding.kernel, finding.found.view)
            same = [one for one in found if one.name == finding.found.name]
        except SratToolError:
            continue
        if same:
            finding = finding._replace(machine=machine, found=same[0])
            smaller = machine.smaller()
    return finding


def _found(
    machine: RandomMachine | GuestTopology, seed: int, kernel: Path, view: str
) -> Iterator[Difference]:
    """Yield the differences of another boot of a machine, as a view needs it."""
    if view == VIEW and isinstance(machine, RandomMachine):
        return event_differences(machine, seed, kernel)
    return differences(boot_machine(machine, kernel, user_space=view == "after"))


def try_seed(seed: int, kernel: Path, *, user_space: bool, events: bool = False) -> Outcome:
    """Boot one machine and look at it in every view, or at its events."""
    try:
        arch = architecture_of(kernel)
        machine = drawn_machine(seed, arch)
        at_hand = arch is E820_ARCHITECTURE and BUSYBOX.is_file()
        if events and at_hand:
            return _outcome(seed, kernel, machine, _found(machine, seed, kernel, VIEW), VIEW)
        at_hand = at_hand and user_space
        booted = boot_machine(machine, kernel, user_space=at_hand)
        if booted.end == "timeout":
            return Outcome(kernel, "not judged: out of time")
        equal = "" if booted.end != "panic" else "and dies as planned"
        return _outcome(seed, kernel, machine, differences(booted), equal)
    except SratToolError as error:
        return Outcome(kernel, f"not booted: {error.what}")


def _outcome(
    seed: int,
    kernel: Path,
    machine: RandomMachine | GuestTopology,
    differs: Iterator[Difference],
    equal: str,
) -> Outcome:
    """Return the first difference of each kind; `equal` describes a boot without any."""
    found = {one.name: one for one in reversed(list(differs))}
    if not found:
        return Outcome(kernel, f"equal, {equal}" if equal else "equal")
    findings = tuple(Finding(seed, kernel, machine, one) for one in found.values())
    return Outcome(kernel, f"different: {', '.join(sorted(found))}", findings)


def every(number: int, period: int, place: int = 0) -> bool:
    """Return whether a number is at a place of its period; never for a period of 0."""
    return period > 0 and number % period == place


def run(chosen: argparse.Namespace, kernels: list[Path]) -> Iterator[tuple[int, Outcome]]:
    """Boot machines `first` to `first + count`, kernels in turn.

    Every `after`-th goes on to user space; on the last of every `events`, events happen.
    """
    after, events = chosen.after, chosen.events
    pool = ThreadPoolExecutor(chosen.jobs)
    try:
        tasks = [
            (
                seed,
                pool.submit(
                    try_seed,
                    seed,
                    kernels[seed % len(kernels)],
                    user_space=every(seed // len(kernels), after),
                    events=every(seed // len(kernels), events, events - 1),
                ),
            )
            for seed in range(chosen.first, chosen.first + chosen.count)
        ]
        for seed, task in tasks:
            yield seed, task.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def report(finding: Finding) -> str:
    """Return a finding as a spec with the difference in its comments."""
    part, at = finding.found.part, finding.found.part.at or 0
    return "\n".join(
        [
            f"# machine {finding.seed}, {finding.kernel}, {finding.found.name}",
            f"# plan:   {' | '.join(part.predicted[at : at + 3])}",
            f"# kernel: {' | '.join(part.seen[at : at + 3])}",
            _spec(finding),
        ]
    )


def _spec(finding: Finding) -> str:
    machine = finding.machine
    if finding.found.view == VIEW and isinstance(machine, RandomMachine):
        virtio_mem = bool(modules_of(finding.kernel))
        return machine_with_events(machine, finding.seed, virtio_mem=virtio_mem)
    return machine.spec()


def main() -> int:
    """Soak; status 1 when a difference was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path("build/soak"))
    parser.add_argument("--after", type=int, default=5)
    parser.add_argument("--events", type=int, default=7)
    chosen = parser.parse_args()
    kernels = find_kernels() or [choose_kernel(None)]
    outcomes: Counter[tuple[str, str]] = Counter()
    begin = time.monotonic()
    # A soak in the background is ended by it, and what it has found until then counts.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with progress_shown("soak"):
            _soak(chosen, kernels, outcomes)
    except KeyboardInterrupt:
        sys.stdout.write("interrupted\n")
    sys.stdout.write(f"{outcomes.total()} machines in {time.monotonic() - begin:.0f} s:\n")
    for (kernel, said), count in sorted(outcomes.items()):
        sys.stdout.write(f"{count:6} {kernel}: {said}\n")
    return 1 if any(said.startswith("different") for _, said in outcomes) else 0


def _soak(
    chosen: argparse.Namespace, kernels: list[Path], outcomes: Counter[tuple[str, str]]
) -> None:
    """Count what comes of each machine, and write down every difference."""
    shrunk: set[str] = set()
    step = progress_line()
    for seed, outcome in run(chosen, kernels):
        outcomes[_label(outcome.kernel), outcome.said] += 1
        step(f"soak of {chosen.count}", outcome.said)
        if outcome.said.startswith("not "):
            sys.stdout.write(f"machine {seed}, {outcome.kernel}: {outcome.said}\n")
        for finding in outcome.findings:
            small = finding if finding.found.name in shrunk else shrink(finding)
            shrunk.add(finding.found.name)
            chosen.keep.mkdir(parents=True, exist_ok=True)
            (chosen.keep / f"{seed}-{finding.found.name}.toml").write_text(report(small))
            sys.stdout.write(report(small) + "\n")
        sys.stdout.flush()


def _label(kernel: Path) -> str:
    """Name a kernel: by its file, or by its folder where all files have the same name."""
    return kernel.parent.name if kernel.name == "vmlinuz" else kernel.name


if __name__ == "__main__":
    sys.exit(main())
