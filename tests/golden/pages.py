"""The output for five machines at fixed widths; as a program, it writes the goldens anew."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

from srat_tool.cli.main import run
from tests.support import ROOT

GOLDEN = ROOT / "fixtures" / "golden"
MACHINES = (
    "laptop-single-node",
    "two-sockets-removable-riser",
    "epyc-8-nodes",
    "sparse-64t-hotplug",
    "32-nodes",
)
WIDTHS = (80, 120, 200)


def commands() -> dict[Path, list[str]]:
    """Return the command line that makes each golden, by its place below fixtures/golden."""
    made: dict[Path, list[str]] = {}
    for machine in MACHINES:
        spec = f"example:{machine}"
        plan = ["plan", "--movable-node", spec]
        for width in WIDTHS:
            made[Path(machine, f"plan.{width}.txt")] = [*plan, "--width", str(width)]
        made[Path(machine, "plan.ranges.txt")] = [*plan, "--width", "120", "--details"]
        made[Path(machine, "explain.node1.txt")] = [*plan, "--width", "100", "--explain", "node1"]
        made[Path(machine, "plan.md")] = [*plan, "--format", "markdown", "--width", "100"]
    return {place: words for place, words in made.items() if not _without_node1(place)}


def _without_node1(place: Path) -> bool:
    return place.parts == ("laptop-single-node", "explain.node1.txt")


def write(place: Path, words: list[str], folder: Path) -> Path:
    """Run one command with its output going into `folder`."""
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    with chdir(ROOT):
        assert run([*words, "-o", str(target)]) in {0, 1}, words
    return target


def main() -> None:
    """Write the goldens."""
    for place, words in commands().items():
        write(place, words, GOLDEN)


if __name__ == "__main__":
    main()
