"""`srattool diff` from inputs to exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from srat_tool.cli.main import run
from srat_tool.sources.examples import FOLDER
from tests.compare.samples import cpu, memory, srat

SPECS = FOLDER


@pytest.fixture
def tables(tmp_path: Path) -> tuple[str, str]:
    """Two editions of one SRAT: the second makes domain 1 hot-pluggable."""
    editions = []
    for name, flags in (("old", 1), ("new", 3)):
        table = srat(cpu(0, 0), cpu(1, 1), memory(0, 0, 4), memory(1, 4, 4, flags=flags))
        path = tmp_path / f"{name}.bin"
        path.write_bytes(table.data)
        editions.append(str(path))
    return editions[0], editions[1]


def test_difference_and_what_it_changes(
    tables: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1: the flag in the table, and the zone that it makes."""
    assert run(["diff", "--movable-node", "--kernel", "6.1", *tables]) == 1
    out = capsys.readouterr().out
    assert "flag        memory 0x100000000-0x1ffffffff (4G) is now hot-pluggable" in out
    assert "node 1: Movable was 0B, is 4G" in out
    assert "hot-pluggable 0x100000000-0x1ffffffff was absent, is movable" in out


def test_the_policy_decides_what_it_changes(
    tables: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Without movable_node the flag makes no zone."""
    assert run(["diff", "--kernel", "6.1", *tables]) == 1
    assert "Movable was" not in capsys.readouterr().out


def test_equal_inputs(tables: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0."""
    assert run(["diff", tables[0], tables[0]]) == 0
    assert capsys.readouterr().out == "no difference\n"


def test_unreadable_input_is_no_answer(
    tables: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, one line."""
    assert run(["diff", tables[0], "/nonexistent"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_specs_are_inputs_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Any kind of source; JSON for scripts."""
    before, after = SPECS / "two-sockets-removable-riser.toml", SPECS / "32-nodes.toml"
    assert run(["diff", "--format", "json", str(before), str(after)]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "srattool.diff/1"
    assert document["changes"]
    assert document["effects"]


@pytest.mark.parametrize(
    ("style", "begin"), [("markdown", "**SRAT**"), ("svg", "<svg"), ("html", "<!DOCTYPE")]
)
def test_files(tables: tuple[str, str], tmp_path: Path, style: str, begin: str) -> None:
    """Written where asked for."""
    target = tmp_path / "out"
    assert run(["diff", *tables, "--format", style, "-o", str(target)]) == 1
    assert target.read_text().startswith(begin)
