"""Let random events happen on booted machines and compare each step with the plan.

python -m tests.soak.events --count 200 [--first 0]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from srat_tool.api.trial import Trial, attempt, choose_kernel, find_kernels
from srat_tool.api.trial_events import read_user_space
from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.spec import Spec, parse_spec
from srat_tool.base.errors import SratToolError
from srat_tool.base.units import GIB, MIB
from srat_tool.compare.verified import Verdict

BLOCK = 128 * MIB
_FIRST = 8 * GIB
_SLOT = 2 * GIB
_WORDS = ("online", "online_kernel", "online_movable", "offline")


def random_sequence(seed: int) -> str:
    """Return machine number `seed` with its events, as a spec; the same number gives the same."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret here
    nodes = rng.choice((1, 2, 2, 3))
    low = rng.choice((1024, 1536, 2048)) * MIB
    high = 0 if nodes == 1 else (nodes - 1) * GIB
    entries = [f"apic 0  0\nmem  0  0+{low:#x}"]
    entries += [f"mem  {nid}  {4 * GIB + (nid - 1) * GIB:#x}+1G" for nid in range(1, nodes)]
    entries += [f"mem  {nid}  {_FIRST + nid * _SLOT:#x}+2G  hotplug" for nid in range(nodes + 1)]
    ram = ["0..640K", f"1M..{low:#x}", *([f"4G+{high:#x}"] if high else [])]
    return "\n".join(
        [
            "[srat]\nentries = '''",
            *entries,
            "'''\n[memory]",
            f"ram = [{', '.join(map(repr, ram))}]",
            f"[kernel]\ncmdline = '{' '.join(_options(rng))}'",
            *_events(rng, nodes),
        ]
    )


def _options(rng: random.Random) -> Iterator[str]:
    if rng.random() < 0.4:
        yield "movable_node"
    if rng.random() < 0.6:
        yield f"memhp_default_state={rng.choice((*_WORDS,))}"
    if rng.random() < 0.4:
        yield "memory_hotplug.online_policy=auto-movable"
        yield f"memory_hotplug.auto_movable_ratio={rng.choice((0, 40, 100, 301, 1000))}"
    if rng.random() < 0.3:
        yield "memory_hotplug.memmap_on_memory=1"


def _events(rng: random.Random, nodes: int) -> Iterator[str]:
    """Yield sections: each DIMM has a slot of its own, state changes are within one."""
    dimms: list[tuple[int, int, str]] = []
    for number in range(rng.randrange(3, 8)):
        if len(dimms) <= nodes and (not dimms or rng.random() < 0.4):
            slot, blocks = len(dimms), rng.choice((1, 2, 4, 8))
            pxm = slot if rng.random() < 0.7 else rng.randrange(nodes + 1)
            start = _FIRST + slot * _SLOT + rng.randrange(0, 8) * BLOCK
            dimms.append((start, blocks, f"m{number}"))
            size = blocks * BLOCK
            yield f'[[event]]\nevent = "dimm"\nrange = "{start:#x}+{size:#x}"\npxm = {pxm}'
            yield f'id = "m{number}"'
            continue
        start, blocks, name = rng.choice(dimms)
        if rng.random() < 0.2:
            dimms = [one for one in dimms if one[2] != name] or dimms
            yield f'[[event]]\nevent = "remove"\nid = "{name}"'
            if len(dimms) == 1 and dimms[0][2] == name:
                return
            continue
        first = rng.randrange(blocks)
        size = rng.randrange(1, blocks - first + 1) * BLOCK
        at = start + first * BLOCK
        yield f'[[event]]\nevent = "{rng.choice(_WORDS)}"\nrange = "{at:#x}+{size:#x}"'


def try_sequence(spec: Spec, kernel: Path, user_space: bytes, timeout: float) -> Trial:
    """Boot one machine and let its events happen."""
    if spec.memory is None:
        raise SratToolError("the machine has no memory")
    return attempt(
        assemble(spec),
        [entry.span for entry in spec.memory.entries],
        kernel,
        options=(spec.kernel.cmdline or "").split(),
        initrd=user_space,
        timeout=timeout,
        events=spec.events,
    )


def main() -> int:
    """Soak; status 1 when a step differed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--timeout", type=float, default=600)
    chosen = parser.parse_args()
    kernels = find_kernels() or [choose_kernel(None)]
    user_space = read_user_space(None)
    outcomes: Counter[str] = Counter()
    for seed in range(chosen.first, chosen.first + chosen.count):
        kernel, text, begin = kernels[seed % len(kernels)], random_sequence(seed), time.monotonic()
        try:
            trial = try_sequence(parse_spec(text), kernel, user_space, chosen.timeout)
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
