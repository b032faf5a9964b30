"""Which files of a folder are machines of their own."""

from __future__ import annotations

import gzip
from pathlib import Path

from srat_tool.fleet.containers import apart
from tests.fleet.fleets import make_dump
from tests.fleet.tables import Shape, boot_log, slit, srat


def _files(folder: Path, names: list[str]) -> list[str]:
    for name in names:
        file = folder / name
        if name.endswith(".txt"):
            make_dump(file, [Shape()])
        elif name.endswith(".log"):
            file.write_text(boot_log(Shape(), "h", "1", "P"))
        elif name.endswith(".gz"):
            make_dump(file.with_suffix(""), [Shape()])
            file.write_bytes(gzip.compress(file.with_suffix("").read_bytes()))
            file.with_suffix("").unlink()
        else:
            file.write_bytes(srat(Shape()) if "SRAT" in name else slit(Shape()))
    return names


def test_one_dump_and_one_log_are_one_machine(tmp_path: Path) -> None:
    """As `plan FOLDER` takes them."""
    names = _files(tmp_path, ["a.txt", "b.log"])
    assert apart(str(tmp_path), names) == [names]


def test_several_dumps_are_machines_of_their_own(tmp_path: Path) -> None:
    """Packed ones too; tables as files stay together."""
    names = _files(tmp_path, ["a.txt", "b.txt", "c.gz", "SRAT", "SLIT"])
    assert apart(str(tmp_path), names) == [["a.txt"], ["b.txt"], ["c.gz"], ["SRAT", "SLIT"]]


def test_several_logs_are_machines_of_their_own(tmp_path: Path) -> None:
    """The only dump is none of theirs for certain."""
    names = _files(tmp_path, ["a.log", "b.log", "c.txt"])
    assert apart(str(tmp_path), names) == [["a.log"], ["b.log"], ["c.txt"]]


def test_tables_with_other_names_stay_together(tmp_path: Path) -> None:
    """What acpixtract writes is one machine; a file that is gone changes nothing."""
    names = _files(tmp_path, ["xSRAT.dat", "xSLIT.dat"])
    assert apart(str(tmp_path), [*names, "gone"]) == [[*names, "gone"]]
