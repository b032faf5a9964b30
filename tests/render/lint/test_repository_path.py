"""Paths as forges match them with the files of a repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.render.lint.repository_path import repository_path


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("./acpi/SLIT.bin", "acpi/SLIT.bin"),
        ("acpi/./SLIT.bin", "acpi/SLIT.bin"),
        ("acpi/SLIT.bin", "acpi/SLIT.bin"),
        ("../SLIT.bin", "../SLIT.bin"),
        ("-", "-"),
        ("<standard input>", "<standard input>"),
        ("/nowhere/else/SLIT.bin", "/nowhere/else/SLIT.bin"),
    ],
)
def test_paths(path: str, expected: str) -> None:
    """A report names files as the repository does, or else where they are."""
    assert repository_path(path) == expected


def test_absolute_paths_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A runner that gives whole paths gets those of the repository."""
    monkeypatch.chdir(tmp_path)
    assert repository_path(str(tmp_path / "acpi" / "SLIT.bin")) == "acpi/SLIT.bin"
