"""A large fleet of which the truth is known: time, memory, and reports that equal the seed.

python -m tests.fleet.soak --machines 100000 --configurations 10000
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.fleet.fleets import Truth, make_fleet, make_rollout

LIMIT_MIB = 512
_FREED = "removable was no, is yes"


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _fleet(*words: str) -> list[str]:
    return [sys.executable, "-m", "srat_tool", "fleet", *words]


def _run(words: list[str]) -> tuple[float, subprocess.CompletedProcess[str]]:
    """Run a command; return the CPU seconds of it and of its workers."""
    before = _cpu_seconds()
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return _cpu_seconds() - before, done


def _report(database: Path, name: str, *words: str) -> list[dict[str, Any]]:
    """Return the rows of a report; `words` are those that it needs, and options."""
    _, done = _run(_fleet(str(database), "--report", name, *words, "--format", "jsonl"))
    return [json.loads(line) for line in done.stdout.splitlines()]


def check_reports(database: Path, truth: Truth) -> list[str]:
    """Return what differs between the reports and the seed."""
    wrong = []
    expected = {
        (product, len(paths), min(paths)) for (product, _), paths in truth.clusters().items()
    }
    clusters = _report(database, "clusters")
    if {(row["product"], row["machines"], row["example"]) for row in clusters} != expected:
        wrong.append(f"clusters: {len(clusters)} found, {len(expected)} made")
    odd = {row["path"] for row in _report(database, "odd")}
    if odd != set(truth.odd):
        wrong.append(f"odd: {len(odd)} found, {len(truth.odd)} made, {odd ^ set(truth.odd)}"[:400])
    wrong += check_effects(database, truth)
    rows = subprocess.run(
        _fleet(str(database), "--format", "jsonl"), capture_output=True, text=True, check=False
    ).stdout.splitlines()
    broken = {row["path"] for row in map(json.loads, rows) if row["status"] == "error"}
    if broken != truth.broken:
        wrong.append(f"broken: {len(broken)} found, {len(truth.broken)} made")
    if len(rows) != len(truth.shapes) + len(truth.broken):
        wrong.append(f"{len(rows)} rows")
    return wrong


def check_effects(database: Path, truth: Truth) -> list[str]:
    """Return what differs in the reports about what Linux does with the machines."""
    wrong = []
    lost = {row["path"] for row in _report(database, "lost")}
    if lost != truth.lost():
        wrong.append(f"lost: {len(lost)} found, {len(truth.lost())} made")
    removable = {
        (row["path"], row["when"], _count(row["nodes"]), row["removable_bytes"])
        for row in _report(database, "removable")
    }
    if removable != truth.removable():
        wrong.append(f"removable: {sorted(removable ^ truth.removable())[:4]}")
    # The first of the two kernels does not know the option.
    kernels = _report(database, "kernels", "3.10", "6.12", "--movable-node")
    freed = sum(row["machines"] for row in kernels if _FREED in " ".join(row["differences"]))
    expected = sum(shape.hot and not shape.clash for shape in truth.shapes.values())
    if freed != expected:
        wrong.append(f"kernels: {freed} machines freed, {expected} made so")
    return wrong


def check_rollout(folder: Path, machines: int) -> list[str]:
    """Return what is wrong about a roll-out of firmware that changes one product."""
    truth = make_rollout(folder, machines=machines)
    before, after = str(folder / "before"), str(folder / "after")
    database = folder / "fleet.sqlite"
    _run(_fleet(before, after, "-o", str(database)))
    found: Counter[tuple[str, str]] = Counter()
    for row in _report(database, "rollout", before, after):
        found[row["product"], row["topology"]] += row["machines"]
    updated = (path for path in truth.shapes if path.startswith(after))
    expected = Counter(
        (product, "changed" if product in truth.changed else "same")
        for product in map(truth.products.__getitem__, updated)
    )
    return [] if found == expected else [f"rollout: {dict(found)} found, {dict(expected)} made"]


def _count(numbers: str) -> int:
    """Return how many numbers a list such as "1-3, 5" has."""
    parts = (part.strip().partition("-") for part in numbers.split(","))
    return sum(int(last or first) - int(first) + 1 for first, _, last in parts)


def check_resuming(folder: Path, database: Path, after: float) -> list[str]:
    """Return what is wrong with a run that is killed after some seconds and begun again."""
    target = database.with_name("resumed.sqlite")
    words = _fleet(str(folder), "-o", str(target))
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    killed = not target.exists() and target.with_name(f"{target.name}.partial").exists()
    _run(words)
    if target.read_bytes() != database.read_bytes():
        return ["the resumed database is another one"]
    return [] if killed else ["the run was not killed in the middle: choose another --kill-after"]


def main() -> int:
    """Make a fleet, read it, and compare."""
    parser = argparse.ArgumentParser()
    for name, default in (("machines", 2000), ("configurations", 200), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--reports", type=int, default=20)
    parser.add_argument("--kill-after", type=float, default=5.0)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        return _soak(given, given.folder or Path(temporary))


def _soak(given: argparse.Namespace, home: Path) -> int:
    folder, database = home / "fleet", home / "fleet.sqlite"
    truth = make_fleet(
        folder,
        seed=given.seed,
        machines=given.machines,
        configurations=given.configurations,
        drifts=max(4, given.machines // 1000),
        broken=max(2, given.machines // 5000),
        reports=given.reports,
    )
    hashing = f"find {folder} -type f -print0 | xargs -0 sha256sum > {os.devnull}"
    hashed, _ = _run(["sh", "-c", hashing])
    began = time.monotonic()
    used, done = _run(_fleet(str(folder), "-o", str(database)))
    passed = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    out = sys.stdout
    out.write(f"{done.stderr}")
    out.write(f"fleet: {used:.0f} s of CPU, {passed:.0f} s passed; sha256sum: {hashed:.1f} s\n")
    out.write(f"ratio {used / hashed:.0f}; largest process {peak:.0f} MiB\n")
    wrong = check_reports(database, truth)
    wrong += check_rollout(home / "rollout", max(24, given.machines // 50))
    wrong += check_resuming(folder, database, given.kill_after)
    if peak > LIMIT_MIB:
        wrong.append(f"a process took {peak:.0f} MiB, {LIMIT_MIB} allowed")
    out.writelines(f"WRONG {line}\n" for line in wrong)
    out.write("every report equals the seed\n" if not wrong else "")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
