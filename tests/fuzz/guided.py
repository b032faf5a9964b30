"""The same doors under atheris, whose coverage decides which inputs are worth keeping.

libFuzzer ends the process that it runs in, so each door has a process of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.fuzz.damage import damage
from tests.fuzz.doors import Door, doors
from tests.fuzz.limits import confined
from tests.fuzz.loop import FAULTS, MAX_INPUT, Count, Fault, Faults, attempt

_GRACE = 120


def guided(
    door: Door, *, seconds: float, seed: int, corpus: Path
) -> tuple[Count | None, list[Fault]]:
    """Give a door so much time in a process of its own; return its figures, and faults by kind.

    What the process noted counts when it has to be stopped, too; None when it noted nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        words = [door.name, str(max(1, round(seconds))), str(seed), str(corpus.resolve())]
        command = [sys.executable, "-m", "tests.fuzz.child", *words, str(notes)]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                command, timeout=seconds + _GRACE, check=False, stderr=subprocess.DEVNULL
            )
        lines = notes.read_text().splitlines() if notes.exists() else []
    count, faults = None, []
    for line in lines:
        note = json.loads(line)
        if "fault" in note:
            faults.append(Fault(door.name, bytes.fromhex(note["data"]), note["fault"]))
        else:
            count = Count(**note)
    return count, faults


def enter(atheris: Any, name: str, words: list[str]) -> None:
    """Run one door in this process; never returns, as libFuzzer ends the process.

    Args:
        atheris: the module, which instruments what is imported from now on.
        name: of the door.
        words: seconds, the seed, the folder of the corpus, and the file that takes the figures.
    """
    seconds, seed, corpus, notes = words
    door = next(one for one in doors() if one.name == name)
    place = Path(corpus) / name
    place.mkdir(parents=True, exist_ok=True)
    seeds = door.seeds()
    for at, data in enumerate(seeds):
        (place / f"seed-{at}").write_bytes(data)
    with Path(notes).open("w", buffering=1) as out:
        _run(atheris, door, seeds, [seconds, seed, str(place)], out)


def _run(atheris: Any, door: Door, seeds: list[bytes], words: list[str], out: Any) -> None:
    seconds, seed, place = words
    started, figures = time.process_time(), [0, 0.0]
    faults = Faults(Path(place).parent / FAULTS)

    def one(data: bytes) -> None:
        before = time.process_time()
        fault = attempt(door, data)
        figures[0] += 1
        figures[1] = max(figures[1], time.process_time() - before)
        if fault is not None and faults.add(fault):
            out.write(json.dumps({"fault": fault.why, "data": data.hex()}) + "\n")
        if figures[0] % 8 == 0:
            note = {"runs": figures[0], "seconds": before - started, "slowest": figures[1]}
            out.write(json.dumps(note) + "\n")

    def mutate(data: bytes, size: int, seed: int) -> bytes:
        dice = random.Random(seed)  # noqa: S311 - no secret
        if dice.random() < 0.5:
            return bytes(atheris.Mutate(data, size))
        return damage(data, dice, seeds)[:size]

    limits = [f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={MAX_INPUT}"]
    with tempfile.TemporaryDirectory() as folder, confined():
        os.chdir(folder)
        atheris.Setup([sys.argv[0], *limits, place], one, custom_mutator=mutate)
        atheris.Fuzz()
