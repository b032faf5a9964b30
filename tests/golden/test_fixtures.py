"""The library of scenarios is whole, and its binaries are what its specs declare."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.fixtures import FIXTURES, SPECS, built, load


def test_binaries_are_reproduced_byte_for_byte() -> None:
    """Building every spec gives exactly the files that are there, no more and no fewer."""
    folder = FIXTURES / "bin"
    there = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert there == built()


@pytest.mark.parametrize("path", SPECS, ids=lambda p: p.stem)
def test_every_scenario_says_what_it_is_for(path: Path) -> None:
    """Each spec bears its file's name, a title and the reason why it is worth having."""
    spec = load(path)
    assert spec.name == path.stem
    assert spec.title
    assert spec.why.endswith(".")
    assert spec.memory is not None
