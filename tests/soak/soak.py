"""Boot random machines and compare; the first difference of a kind is shrunk to a small spec.

python -m tests.soak.soak --count 200 [--first 0] [--jobs 2] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from srat_tool.api.trial import Trial, attempt, choose_kernel, find_kernels
from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import SratToolError
from srat_tool.compare.verified import Verdict, VerifiedPart
from srat_tool.render.paper.progress import Progress
from tests.soak.machines import RandomMachine, random_machine

_MOST_STEPS = 60


class Finding(NamedTuple):
    """A machine on which kernel and plan differ."""

    seed: int
    kernel: Path
    machine: RandomMachine
    part: VerifiedPart


def try_machine(machine: RandomMachine, kernel: Path) -> Trial:
    """Boot one machine."""
    tables = assemble(parse_spec(machine.spec()))
    return attempt(tables, machine.ram, kernel, options=machine.options, timeout=120)


def difference(
    machine: RandomMachine, kernel: Path, only: str | None = None
) -> VerifiedPart | None:
    """Return the first part in which kernel and plan differ.

    Lines that were planned and never came count too, unless the kernel did not live to print them.
    """
    trial = try_machine(machine, kernel)
    bad = {Verdict.DIFFERENT} if trial.boot.end == "panic" else {Verdict.DIFFERENT, Verdict.UNKNOWN}
    wrong = (part for part in trial.verification.parts if part.verdict in bad)
    return next((part for part in wrong if only in (None, part.name)), None)


def shrink(finding: Finding) -> Finding:
    """Leave parts out as long as the same kind of difference remains."""
    steps = 0
    smaller = finding.machine.smaller()
    while (machine := next(smaller, None)) is not None and steps < _MOST_STEPS:
        steps += 1
        try:
            part = difference(machine, finding.kernel, finding.part.name)
        except SratToolError:
            continue
        if part is not None:
            finding = finding._replace(machine=machine, part=part)
            smaller = machine.smaller()
    return finding


def _one(seed: int, kernel: Path) -> tuple[str, Finding | None]:
    machine = random_machine(seed)
    try:
        part = difference(machine, kernel)
    except SratToolError as error:
        return f"not booted: {error.what}", None
    if part is None:
        return "equal", None
    return f"different: {part.name}", Finding(seed, kernel, machine, part)


def run(
    first: int, count: int, jobs: int, kernels: list[Path]
) -> Iterator[tuple[int, str, Finding | None]]:
    """Boot machines `first` to `first + count`, kernels in turn."""
    with ThreadPoolExecutor(jobs) as pool:
        tasks = [
            (seed, pool.submit(_one, seed, kernels[seed % len(kernels)]))
            for seed in range(first, first + count)
        ]
        for seed, task in tasks:
            outcome, finding = task.result()
            yield seed, outcome, finding


def report(finding: Finding) -> str:
    """Return a finding as a spec with the difference in its comments."""
    part, at = finding.part, finding.part.at or 0
    return "\n".join(
        [
            f"# machine {finding.seed}, {finding.kernel.name}, part {part.name}",
            f"# plan:   {' | '.join(part.predicted[at : at + 3])}",
            f"# kernel: {' | '.join(part.seen[at : at + 3])}",
            finding.machine.spec(),
        ]
    )


def main() -> int:
    """Soak; status 1 when a difference was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path("build/soak"))
    chosen = parser.parse_args()
    kernels = find_kernels() or [choose_kernel(None)]
    outcomes: Counter[str] = Counter()
    shrunk: set[str] = set()
    begin = time.monotonic()
    progress = Progress("soak", chosen.count)
    for seed, outcome, finding in run(chosen.first, chosen.count, chosen.jobs, kernels):
        outcomes[outcome] += 1
        progress.step(outcome)
        if finding is not None:
            progress.clear()
            sys.stdout.write(f"machine {seed}: {outcome}\n")
            small = finding if finding.part.name in shrunk else shrink(finding)
            shrunk.add(finding.part.name)
            chosen.keep.mkdir(parents=True, exist_ok=True)
            (chosen.keep / f"{seed}-{finding.part.name}.toml").write_text(report(small))
            sys.stdout.write(report(small) + "\n")
        sys.stdout.flush()
    progress.clear()
    sys.stdout.write(f"{chosen.count} machines in {time.monotonic() - begin:.0f} s:\n")
    sys.stdout.writelines(f"{count:6} {outcome}\n" for outcome, count in outcomes.most_common())
    return 1 if any(outcome.startswith("different") for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
