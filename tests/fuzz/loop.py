"""The loop: take an input, damage it, give it to its door, and keep what breaks or is new."""

from __future__ import annotations

import hashlib
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.damage import damage
from tests.fuzz.doors import Door
from tests.fuzz.limits import SLOWEST, bounded, confined

MAX_INPUT = 1 << 20
# The folder of the corpus that takes the inputs that broke a rule.
FAULTS = "faults"


class Fault(NamedTuple):
    """An input that broke a rule, and what happened."""

    door: str
    data: bytes
    why: str

    @property
    def kind(self) -> str:
        """What faults of one cause share: the last lines of the traceback, without numbers."""
        lines = [line.strip() for line in self.why.strip().splitlines()]
        places = [line for line in lines if line.startswith("File ")]
        return f"{self.door}: {places[-1] if places else ''} {lines[-1][:60]}"


class Faults:
    """One fault of each kind, written and reported when it is found: a run can be cut short."""

    def __init__(self, folder: Path | None = None) -> None:
        """Take the folder that inputs are written into; without it nothing is written."""
        self._folder = folder and folder.resolve()
        self._found: dict[str, Fault] = {}

    def __iter__(self) -> Iterator[Fault]:
        """Return the faults, in the order in which they were found."""
        return iter(self._found.values())

    def add(self, fault: Fault) -> bool:
        """Take a fault, and return whether its kind is new."""
        if fault.kind in self._found:
            return False
        self._found[fault.kind] = fault
        if self._folder is not None:
            place = keep(fault, self._folder)
            sys.stdout.write(f"{fault.kind}\n    input kept in {place}\n")
            sys.stdout.flush()
        return True


class Count(NamedTuple):
    """What a door took: inputs, processor seconds, and the slowest of them."""

    runs: int
    seconds: float
    slowest: float


def attempt(door: Door, data: bytes, seconds: float = SLOWEST) -> Fault | None:
    """Give one input to a door; return the fault when there is one."""
    try:
        with bounded(seconds):
            door.enter(data)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return Fault(door.name, data, traceback.format_exc())
    return None


def fuzz(
    doors: Sequence[Door], *, seconds: float, seed: int, corpus: Path | None = None
) -> tuple[dict[str, Count], list[Fault]]:
    """Damage inputs until the time is over; return figures by door, and one fault of each kind.

    Faults are written into the folder `faults` of the corpus as they are found.

    Args:
        doors: are taken in turn.
        seconds: of wall time.
        seed: the same seed gives the same inputs, as long as the corpus is the same.
        corpus: inputs of earlier runs, in a folder for each door.
    """
    dice = random.Random(seed)  # noqa: S311 - no secret
    seeds = {door.name: _seeds(door, corpus) for door in doors}
    counts = {door.name: Count(0, 0, 0) for door in doors}
    faults = Faults(corpus and corpus / FAULTS)
    end = time.monotonic() + seconds
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder, confined():
        os.chdir(folder)
        try:
            while time.monotonic() < end:
                for door in doors:
                    known = seeds[door.name]
                    data = damage(dice.choice(known), dice, known)[:MAX_INPUT]
                    started = time.process_time()
                    fault = attempt(door, data)
                    took = time.process_time() - started
                    runs, total, slowest = counts[door.name]
                    counts[door.name] = Count(runs + 1, total + took, max(slowest, took))
                    if fault is not None:
                        faults.add(fault)
        finally:
            os.chdir(here)
    return counts, list(faults)


def _seeds(door: Door, corpus: Path | None) -> list[bytes]:
    grown = sorted((corpus / door.name).glob("*")) if corpus is not None else []
    return [*door.seeds(), *(path.read_bytes() for path in grown if path.is_file())]


def keep(fault: Fault, folder: Path) -> Path:
    """Write a fault's input, and what happened next to it; return the input's place."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{fault.door}-{hashlib.sha256(fault.data).hexdigest()[:12]}"
    (folder / name).write_bytes(fault.data)
    (folder / f"{name}.txt").write_text(fault.why, errors="backslashreplace")
    return folder / name


def report(counts: dict[str, Count]) -> None:
    """Print the figures of each door."""
    for name, (runs, seconds, slowest) in counts.items():
        rate = runs / seconds if seconds else 0
        sys.stdout.write(f"{name:<16} {runs:>9} inputs {rate:>8.0f}/s, slowest {slowest:.2f} s\n")
    sys.stdout.flush()


def report_sum(counts: dict[str, Count]) -> None:
    """Print the figures of all doors together."""
    sys.stdout.write(f"{'in all':<16} {sum(c.runs for c in counts.values()):>9} inputs\n")
    sys.stdout.flush()
