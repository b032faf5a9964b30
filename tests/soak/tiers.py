"""Boot random machines with an HMAT into user space; compare log lines and sysfs with the plan.

python -m tests.soak.tiers --count 100 [--first 0] [--keep FOLDER]

The kernels are those of $SRATTOOL_KERNEL (`:` between several), or of /boot, in turn.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from srat_tool.api.trial import Trial, choose_kernel, find_kernels
from srat_tool.api.trial_events import read_user_space
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import SratToolError
from srat_tool.compare.verified import Verdict
from srat_tool.observe.late_lines import LATE_PARTS
from tests.soak.guests import attempt_spec
from tests.soak.hmat_machines import hmat_machine


def judged(trial: Trial) -> tuple[str, list[str]]:
    """Return a word for the summary, and the first lines of what differs."""
    parts = trial.verification.parts
    wrong = [
        part
        for part in parts
        if part.verdict is Verdict.DIFFERENT
        or (part.verdict is Verdict.UNKNOWN and part.name in LATE_PARTS)
    ]
    lines = [
        f"# {part.name}: plan {one!r}, kernel {two!r}"
        for part in wrong
        for at in [part.at or 0]
        for one, two in [(part.predicted[at : at + 2], part.seen[at : at + 2])]
    ]
    return ("different" if wrong else "equal"), lines


def main() -> int:
    """Soak; status 1 when a machine differed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--timeout", type=float, default=300)
    parser.add_argument("--keep", type=Path, default=Path("build/soak"))
    chosen = parser.parse_args()
    kernels = find_kernels() or [choose_kernel(None)]
    user_space = read_user_space(None)
    outcomes: Counter[tuple[str, str]] = Counter()
    for seed in range(chosen.first, chosen.first + chosen.count):
        kernel, text, begin = kernels[seed % len(kernels)], hmat_machine(seed), time.monotonic()
        try:
            said, lines = judged(
                attempt_spec(parse_spec(text), kernel, user_space, chosen.timeout, sysfs=True)
            )
        except SratToolError as error:
            said, lines = f"not judged: {error.what}", []
        if lines:
            chosen.keep.mkdir(parents=True, exist_ok=True)
            (chosen.keep / f"tiers-{seed}.toml").write_text("\n".join([*lines, text]))
        name = kernel.parent.name if kernel.name == "vmlinuz" else kernel.name
        outcomes[name, said.partition(";")[0]] += 1
        seconds = time.monotonic() - begin
        sys.stdout.write(f"machine {seed}, {name}: {said} ({seconds:.0f} s)\n")
        sys.stdout.writelines(f"{line}\n" for line in lines)
        sys.stdout.flush()
    sys.stdout.writelines(f"{n:6} {name}: {said}\n" for (name, said), n in sorted(outcomes.items()))
    return 1 if any(said == "different" for _, said in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
