"""The door: whatever a user names ends in tables or in one clear line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import OriginKind
from srat_tool.cli.main import run
from srat_tool.sources import detect
from srat_tool.sources.detect import KINDS, SOURCE_NAMES, gather, read_inputs
from tests.sources.samples import slit, srat


def test_names_are_unique() -> None:
    """`--source` can name each kind."""
    assert len(set(SOURCE_NAMES)) == len(KINDS)


def test_several_inputs_in_order(tmp_path: Path) -> None:
    """Tables come in the order of the inputs."""
    (tmp_path / "b").write_bytes(srat())
    (tmp_path / "a").write_bytes(slit())
    found = read_inputs([str(tmp_path / "b"), str(tmp_path / "a")])
    assert [t.signature for t in found.tables] == [b"SRAT", b"SLIT"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` reads what is piped in."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(srat())))
    (found,) = read_inputs(["-"]).tables
    assert (found.data, found.origin.kind) == (srat(), OriginKind.STDIN)


def _bad(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    if name == "zeros":
        with path.open("wb") as stream:
            stream.truncate(100 << 20)
    elif name in {"folder", "loop"}:
        path.mkdir()
        (path / "readme").write_text("nothing here")
        if name == "loop":
            (path / "again").symlink_to(path)
    elif name == "link":
        path.symlink_to(path)
    elif name != "missing":
        path.write_bytes({"empty": b"", "three": b"abc"}.get(name, b"\x7fELF" + bytes(200)))
    return path


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("empty", "empty file"),
        ("three", "too short for an ACPI table, got 3 bytes"),
        ("zeros", "no ACPI table, nor anything that holds one, in 104857600 bytes"),
        ("folder", "no ACPI table found"),
        ("loop", "no ACPI table found"),
        ("link", "too many levels of symbolic links"),
        ("missing", "no such file or directory"),
        ("program", "no ACPI table, nor anything that holds one"),
    ],
)
def test_bad_input_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, reason: str
) -> None:
    """Path, reason, what to try; status 2; never a traceback."""
    path = _bad(tmp_path, name)
    assert run(["inspect", str(path)]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert str(path) in err
    assert reason in err


def test_missing_tables_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder, no such table, no permission: three messages."""
    monkeypatch.setattr(detect, "SYSFS_ACPI", str(tmp_path))
    monkeypatch.setattr(detect, "SYSFS_TABLES", str(tmp_path / "tables"))
    with pytest.raises(SourceError, match="a container, or a system that was not booted with ACPI"):
        gather([str(tmp_path / "tables")])
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "APIC").write_bytes(b"")
    with pytest.raises(SourceError, match="no such table, it has APIC"):
        gather([str(tmp_path / "tables" / "SRAT")])


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is reported, on sysfs with what else to do."""

    def denied(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "SRAT").write_bytes(b"")
    monkeypatch.setattr(detect, "read_file", denied)
    with pytest.raises(SourceError, match="no permission to read it; try another user"):
        gather([str(tmp_path / "SRAT")])
    monkeypatch.setattr(detect, "SYSFS_ACPI", str(tmp_path))
    with pytest.raises(SourceError, match="try running as root"):
        gather([str(tmp_path / "SRAT")])


def test_forced_kind(tmp_path: Path) -> None:
    """`--source` overrides what the content looks like."""
    (tmp_path / "f").write_bytes(b"QQQQ")
    assert [t.data for t in read_inputs([str(tmp_path / "f")], source="table").tables] == [b"QQQQ"]


def test_every_piece_is_announced(tmp_path: Path) -> None:
    """Whoever watches hears of each file before it is read."""
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"SRAT" + bytes(44))
    heard: list[str] = []
    gather([str(tmp_path)], watch=heard.append)
    assert sorted(Path(label).name for label in heard) == ["a", "b"]
