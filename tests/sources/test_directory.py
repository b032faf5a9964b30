"""Folders of tables: order, loops, odd files, permissions."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from srat_tool.base.rawtable import OriginKind
from srat_tool.sources import directory
from srat_tool.sources.detect import gather, read_inputs
from srat_tool.sources.directory import natural
from srat_tool.sources.filebytes import read_file
from srat_tool.sources.found import NotPermittedError
from tests.sources.samples import slit, srat, table


def test_instances_come_in_their_order() -> None:
    """SSDT2 comes before SSDT10, with and without a suffix."""
    names = ["SSDT10", "SRAT2.bin", "SSDT2", "SRAT", "SRAT-old.bin", "SRAT.bin", "SRAT1.bin"]
    assert sorted(names, key=natural) == [
        "SRAT", "SRAT.bin", "SRAT1.bin", "SRAT2.bin", "SRAT-old.bin", "SSDT2", "SSDT10",
    ]  # fmt: skip


def test_folder_of_tables(tmp_path: Path) -> None:
    """All tables of a folder and its `dynamic` belong to one machine."""
    (tmp_path / "SRAT").write_bytes(srat())
    (tmp_path / "SLIT").write_bytes(slit())
    (tmp_path / "dynamic").mkdir()
    (tmp_path / "dynamic" / "SSDT9").write_bytes(table(b"SSDT"))
    found = read_inputs([str(tmp_path)])
    assert [t.origin.inner for t in found.tables] == ["SLIT", "SRAT", "dynamic/SSDT9"]
    assert {(t.origin.path, t.origin.machine) for t in found.tables} == {(str(tmp_path), "")}
    assert found.tables[0].origin.label == f"{tmp_path}/SLIT"
    assert len(found.machines()) == 1


def test_folder_of_machines(tmp_path: Path) -> None:
    """Each subfolder is a machine."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "SRAT.bin").write_bytes(srat())
    found = read_inputs([str(tmp_path)])
    assert [t.origin.machine for t in found.tables] == ["a", "b"]


def test_a_file_named_as_a_table_is_missed(tmp_path: Path) -> None:
    """When there is no table in it, that matters; in files of other names none is expected."""
    (tmp_path / "SLIT").write_bytes(slit())
    for name in ("SRAT.bin", "hmat2.dat", "notes.bin", "SRAT.txt"):
        (tmp_path / name).write_bytes(b"")
    found = read_inputs([str(tmp_path)])
    assert {Path(r.label).name for r in found.refused if r.matters} == {"SRAT.bin", "hmat2.dat"}


def test_loops_and_odd_files_are_named(tmp_path: Path) -> None:
    """A link to a folder, a pipe and a dangling link are refused, the table is read."""
    (tmp_path / "SRAT").write_bytes(srat())
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "lost").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    found = read_inputs([str(tmp_path)])
    assert len(found.tables) == 1
    assert {Path(r.label).name for r in found.refused if r.matters} == {"lost"}
    assert {Path(r.label).name: r.reason for r in found.refused} == {
        "loop": "link to a folder, not followed",
        "lost": "no such file or directory",
        "pipe": "not a regular file",
    }


def test_very_deep_folders_end(tmp_path: Path) -> None:
    """The descent into folders is bounded."""
    deep = tmp_path.joinpath(*["d"] * 70)
    deep.mkdir(parents=True)
    (deep / "SRAT").write_bytes(srat())
    assert "deeper than 64 folders" in gather([str(tmp_path)]).refused[0].reason


def test_evidence_beside_tables(tmp_path: Path) -> None:
    """A folder that copies /proc and /sys gives evidence of the same machine."""
    tables = tmp_path / "sys/firmware/acpi/tables"
    tables.mkdir(parents=True)
    (tables / "SRAT").write_bytes(srat())
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc" / "cmdline").write_text("movable_node\n")
    (machine,) = read_inputs([str(tmp_path)]).machines()
    assert [e.data for e in machine.evidence] == [b"movable_node\n"]


def test_tables_that_only_root_may_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the running system, names and sizes are read and reported, the bytes are not."""
    (tmp_path / "SRAT").write_bytes(srat(2))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "BERT").write_bytes(b"x")

    def denied(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(directory, "SYSFS_ACPI", str(tmp_path))
    monkeypatch.setattr(directory, "read_file", denied)
    with pytest.raises(NotPermittedError, match=r"has an SRAT \(128 bytes\)") as caught:
        read_inputs([str(tmp_path)])
    assert caught.value.sizes == {"SRAT": 128}
    monkeypatch.setattr(directory, "read_file", read_file)
    (found,) = read_inputs([str(tmp_path)]).tables
    assert found.origin.kind is OriginKind.SYSFS


def test_a_link_to_what_has_no_size_is_not_followed(tmp_path: Path) -> None:
    """Files of /proc have none, and reading one may wait, or take what others wait for."""
    (tmp_path / "SRAT").write_bytes(srat())
    (tmp_path / "SLIT").symlink_to("/proc/self/maps")
    found = gather([str(tmp_path)])
    assert [t.signature for t in found.tables] == [b"SRAT"]
    assert [(r.reason, r.matters) for r in found.refused] == [
        ("link to a file without a size, not followed", True)
    ]


def test_a_pipe_named_as_a_table_is_missed(tmp_path: Path) -> None:
    """So is a link to a folder elsewhere with files that are named so; it is not followed."""
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "SLIT").write_bytes(slit())
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "SRAT").write_bytes(srat())
    (tmp_path / "notes").mkdir()
    os.mkfifo(tmp_path / "t" / "SRAT")
    os.mkfifo(tmp_path / "t" / "dmesg")
    os.mkfifo(tmp_path / "t" / "pipe")
    (tmp_path / "t" / "more").symlink_to(tmp_path / "real")
    (tmp_path / "t" / "less").symlink_to(tmp_path / "notes")
    (tmp_path / "t" / "again").symlink_to(tmp_path / "t")
    found = read_inputs([str(tmp_path / "t")])
    assert {Path(r.label).name: r.matters for r in found.refused} == {
        "SRAT": True, "dmesg": True, "pipe": False, "more": True, "less": False, "again": False,
    }  # fmt: skip
