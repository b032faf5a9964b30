"""Writing files."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.cli.main import run
from srat_tool.cli.writing import create_file, make_folder, table_names, write_answer, write_file
from tests.golden.fixtures import FIXTURES

RISER = FIXTURES / "bin" / "two-sockets-removable-riser"


def test_names_are_the_kernels() -> None:
    """Further tables of a signature are numbered; nothing in a name can leave the folder."""
    tables = [RawTable(origin=Origin(path="a"), data=s) for s in (b"SRAT", b"SRAT", b"../x", b"")]
    assert table_names(tables) == ["SRAT", "SRAT1", "___x", "NONE"]


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    """What cannot be written is our error, with the path."""
    with pytest.raises(SourceError, match="directory"):
        write_file(tmp_path, b"")


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    """A mistyped path is a mistake; a folder that the user names as one is made."""
    with pytest.raises(SourceError, match="the folder does not exist; try mkdir"):
        write_file(tmp_path / "nowhere" / "plan.txt", b"")
    assert not list(tmp_path.iterdir())
    make_folder(tmp_path / "a" / "b")
    write_file(tmp_path / "a" / "b" / "SRAT.bin", b"x")
    with pytest.raises(SourceError, match="not a folder"):
        make_folder(tmp_path / "a" / "b" / "SRAT.bin")


def test_names_never_collide() -> None:
    """A number after a short signature is not taken for a longer one."""
    tables = [RawTable(origin=Origin(path="a"), data=s) for s in (b"OEM1", b"OEM", b"OEM", b"OEM")]
    assert len(set(table_names(tables))) == 4


def test_new_files_only(tmp_path: Path) -> None:
    """A file that is there stays, unless --force is given; a link is never followed."""
    create_file(tmp_path / "new" / "SRAT.bin", b"a", force=False)
    with pytest.raises(SourceError, match="exists already; try --force"):
        create_file(tmp_path / "new" / "SRAT.bin", b"b", force=False)
    create_file(tmp_path / "new" / "SRAT.bin", b"c", force=True)
    assert (tmp_path / "new" / "SRAT.bin").read_bytes() == b"c"
    (tmp_path / "link").symlink_to(tmp_path / "victim")
    for force in (False, True):
        with pytest.raises(SourceError):
            create_file(tmp_path / "link", b"d", force=force)
    assert not (tmp_path / "victim").exists()


def test_an_answer_goes_to_standard_output_or_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a line feed at its end either way."""
    write_answer("yes", None)
    write_answer("no", str(tmp_path / "answer"))
    assert capsys.readouterr().out == "yes\n"
    assert (tmp_path / "answer").read_text() == "no\n"


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_costs_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    """The old file stays as it was, and of a new one nothing is left."""
    path = tmp_path / "SRAT.bin"
    if force:
        path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SourceError, match="no space left"):
        create_file(path, b"new", force=force)
    assert [p.read_bytes() for p in tmp_path.iterdir()] == ([b"old"] if force else [])


@pytest.mark.parametrize(
    "words",
    [
        ["build", "example:two-sockets-removable-riser"],
        ["edit", str(RISER / "SRAT.bin"), "--set-hotplug", "0"],
        ["extract", str(RISER)],
        ["override", str(RISER)],
    ],
    ids=lambda words: words[0],
)
def test_a_reported_name_is_no_command(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Neither to a CI service, which obeys lines that begin with `::`, nor to a terminal."""
    monkeypatch.chdir(tmp_path)
    assert run([*words, "-o", "::error::x\x1b[31m"]) == 0
    printed = "".join(capsys.readouterr())
    assert "wrote ::error::x\\x1b[31m" in printed
    assert not any(line.startswith("::") for line in printed.splitlines())
    assert "\x1b" not in printed
