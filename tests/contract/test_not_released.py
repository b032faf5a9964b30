"""Every answer under movablecore=acpi has the note that no released kernel has this option."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.cli.main import run

EXAMPLE = str(
    Path(__file__).parents[2] / "srat_tool/data/examples/two-sockets-removable-riser.toml"
)
ANSWERS = (
    ("plan",),
    ("plan", "--add", "dimm:1T+64G"),
    ("plan", "--blocks"),
    ("plan", "--explain", "node1"),
    ("plan", "--explain"),
    ("plan", "--compare"),
    ("why", "node1"),
    ("why", "1T+64G"),
    ("advise",),
    ("advise", "--dimm", "64G,pxm=1"),
)
KERNELS = (("--movablecore", "acpi"), ("--cmdline", "movablecore=acpi", "--kernel", "6.12"))
FORMATS = ("text", "json", "html", "svg", "markdown")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kernel", KERNELS, ids=("series", "released"))
@pytest.mark.parametrize("answer", ANSWERS, ids=" ".join)
def test_the_note_is_in_every_answer(
    answer: tuple[str, ...], kernel: tuple[str, ...], form: str, tmp_path: Path
) -> None:
    """With what movable_node does instead, whatever the format."""
    output = tmp_path / "answer"
    assert run([*answer, EXAMPLE, *kernel, "--format", form, "-o", str(output)]) in (0, 1)
    words = " ".join(output.read_text().replace("\\", "").split())
    assert "released kernel" in words
    assert "movablecore=acpi" in words
    assert "movable_node" in words
