"""`srattool inspect` from the outside: answers, and one clear line where there is none."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from srat_tool.cli.main import run
from tests.support import table_bytes

SLIT = table_bytes(b"SLIT", b"\x01" + bytes(7) + b"\x0a")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A sound table on disk."""
    path = tmp_path / "SLIT"
    path.write_bytes(SLIT)
    return path


def test_text(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A raw table given by name is printed."""
    assert run(["inspect", str(table)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("SLIT  revision 1  45 bytes  checksum ok")
    assert f"from {table}" in out


def test_json_of_several_tables(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One document for all inputs, in their order."""
    assert run(["inspect", "--format", "json", str(table), str(table)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [one["table"] for one in document["tables"]] == [0, 1]


def test_hex(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--hex` shows the bytes too."""
    assert run(["inspect", "--hex", str(table)]) == 0
    assert "0000  53 4c 49 54" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["text", "json", "jsonl", "csv"])
def test_output_to_a_file(table: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`-o` writes what standard output would have got."""
    target = table.with_name("answer")
    assert run(["inspect", "--format", name, str(table)]) == 0
    expected = capsys.readouterr().out
    assert run(["inspect", "--format", name, "-o", str(target), str(table)]) == 0
    assert capsys.readouterr().out == ""
    assert target.read_text() == expected


def test_verbose_says_what_was_not_opened(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Silence about something that was left out would look like a pass."""
    (table.parent / "again").symlink_to(table.parent)
    assert run(["inspect", "-v", str(table.parent)]) == 0
    captured = capsys.readouterr()
    assert "passed over" in captured.err
    assert captured.out.startswith("SLIT")


def test_defects_are_an_answer(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A malformed table is shown with its defects, exit status 0."""
    table.write_bytes(SLIT[:-1])
    assert run(["inspect", str(table)]) == 0
    assert "defect at +0x0004: header length is 45, but only 44 bytes are there" in (
        capsys.readouterr().out
    )


def _loop(folder: Path) -> Path:
    (folder / "again").symlink_to(folder)
    return folder


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "input"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda folder: _file(folder, b""), id="empty file"),
        pytest.param(lambda folder: _file(folder, b"SRA"), id="three bytes"),
        pytest.param(lambda folder: _file(folder, bytes(100_000_000)), id="zeros"),
        pytest.param(lambda folder: folder, id="folder without tables"),
        pytest.param(_loop, id="folder that holds itself"),
        pytest.param(lambda folder: _file(folder, os.urandom(5000)), id="no table"),
        pytest.param(lambda folder: folder / "nothing", id="no such file"),
    ],
)
def test_bad_input_gets_one_clear_line(
    make: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Path, reason and what to try, on stderr; exit status 2; nothing on stdout."""
    path = make(tmp_path)  # type: ignore[operator]
    assert run(["inspect", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert lines[0].startswith(f"srattool: {path}")
    assert "Traceback" not in captured.err
