"""The pictures of the documents, drawn by the tool itself; as a program, it draws them anew."""

from __future__ import annotations

from pathlib import Path

from tests.golden.pages import write
from tests.support import ROOT

FOLDER = ROOT / "docs" / "pictures"


def _spec(name: str) -> str:
    # Relative: a title shows the path, which differs between clones.
    return f"example:{name}"


_SVG = ["--format", "svg", "--width", "110"]
PICTURES: dict[Path, list[str]] = {
    Path("plan-acpi.svg"): [
        "plan",
        "--movablecore=acpi",
        _spec("two-sockets-removable-riser"),
        *_SVG,
    ],
    Path("plan-sparse.svg"): ["plan", "--movable-node", _spec("sparse-64t-hotplug"), *_SVG],
    Path("plan-32-nodes.svg"): ["plan", "--movable-node", _spec("32-nodes"), *_SVG],
    Path("explain.svg"): [
        "plan",
        "--movable-node",
        "--explain=node1",
        _spec("two-sockets-removable-riser"),
        *_SVG,
    ],
    Path("diff.svg"): [
        "diff",
        "--movable-node",
        _spec("all-hotpluggable"),
        _spec("kernel-node-hot-memory"),
        *_SVG,
    ],
}


def main() -> None:
    """Draw every picture."""
    for place, words in PICTURES.items():
        write(place, words, FOLDER)


if __name__ == "__main__":
    main()
