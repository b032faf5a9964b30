"""Damaged inputs through every door for a while: `make fuzz` runs it.

With atheris (`pip install atheris`, for some versions of Python) coverage guides the damage and the
corpus grows; without it damage is random. The suite runs a moment of the same.
"""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.doors import Door, doors
from tests.fuzz.loop import Count, Fault, fuzz, report, report_sum


def main() -> int:
    """Run until the time is over; report, and keep the inputs that broke us as they come."""
    parser = argparse.ArgumentParser(prog="fuzz")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--door", action="append", choices=[door.name for door in doors()])
    parser.add_argument("--corpus", type=Path, default=Path("build/fuzz"), help="it grows here")
    parser.add_argument("--engine", choices=["random", "atheris"], help="default: what is there")
    options = parser.parse_args()
    chosen = [d for d in doors() if options.door is None or d.name in options.door]
    if (options.engine or ("atheris" if find_spec("atheris") else "random")) == "atheris":
        counts, faults = _guided(chosen, options)
    else:
        counts, faults = fuzz(
            chosen, seconds=options.seconds, seed=options.seed, corpus=options.corpus
        )
        report(counts)
    report_sum(counts)
    return 1 if faults else 0


def _guided(
    chosen: list[Door], options: argparse.Namespace
) -> tuple[dict[str, Count], list[Fault]]:
    """Take one door after the other; each is reported at once, as a run can be cut short."""
    from tests.fuzz.guided import guided

    counts: dict[str, Count] = {}
    faults: list[Fault] = []
    for door in chosen:
        share = options.seconds / len(chosen)
        count, found = guided(door, seconds=share, seed=options.seed, corpus=options.corpus)
        faults += found
        counts[door.name] = count or Count(0, 0, 0)
        report({door.name: counts[door.name]})
    return counts, faults


if __name__ == "__main__":
    sys.exit(main())
