"""The two questions about memory that comes and goes are answered on one screen each."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.cli.main import run

EXAMPLES = sorted((Path(__file__).parents[2] / "srat_tool/data/examples").glob("*.toml"))
_LINES = 40


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        (("why", "node0"), "Node 0 "),
        (("plan", "--add", "dimm:1T+64G"), "dimm:1T+64G: "),
    ],
    ids=("why", "add"),
)
def test_an_answer_fits_a_screen(
    question: tuple[str, ...], verdict: str, example: Path, tmp_path: Path
) -> None:
    """At most 40 lines of 100 columns, and the verdict is in the first two."""
    output = tmp_path / "answer"
    assert run([*question, str(example), "--width", "100", "-o", str(output)]) in (0, 1)
    lines = output.read_text().splitlines()
    assert len(lines) <= _LINES
    assert max(map(len, lines)) <= 100
    assert any(verdict in line for line in lines[:2])
