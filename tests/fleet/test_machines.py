"""From units to machines: names, errors, and what makes two of them equal."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from srat_tool.base.limits import Budget
from srat_tool.fleet import machines
from srat_tool.fleet.machines import FleetMachine, neutral, read_unit
from srat_tool.fleet.unit import Unit
from srat_tool.fleet.walk import find_units
from srat_tool.sources.found import Role
from tests.fleet.fleets import make_dump, make_fleet
from tests.fleet.tables import Shape, acpidump, boot_log, slit, srat
from tests.support import PACKAGE


def _machines(*paths: Path) -> list[FleetMachine]:
    units = [unit for unit in find_units([str(p) for p in paths]) if isinstance(unit, Unit)]
    return [machine for unit in units for machine in read_unit(unit, Budget())]


def test_a_dump_of_many_machines(tmp_path: Path) -> None:
    """Each has a name of its own, equal ones too."""
    make_dump(tmp_path / "all.txt", [Shape(), Shape(), Shape(nodes=3)])
    found = _machines(tmp_path)
    assert [m.path for m in found] == [f"{tmp_path}/all.txt!#{n}" for n in (1, 2, 3)]
    assert all(len(m.found.tables) == 2 and not m.errors for m in found)


def test_variants_in_one_folder(tmp_path: Path) -> None:
    """`SRAT.two` and `SRAT.four` are machines of their own, named by their files."""
    (tmp_path / "SRAT.two").write_bytes(srat(Shape()))
    (tmp_path / "SRAT.four").write_bytes(srat(Shape(nodes=4)))
    assert sorted(m.path for m in _machines(tmp_path)) == [
        f"{tmp_path}/SRAT.four",
        f"{tmp_path}/SRAT.two",
    ]


def test_a_dump_next_to_the_same_tables_is_no_machine_more(tmp_path: Path) -> None:
    """Folders often hold both."""
    tables = {"SRAT": srat(Shape()), "SLIT": slit(Shape())}
    for name, data in tables.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "acpidump.txt").write_text(acpidump(tables))
    assert [m.path for m in _machines(tmp_path)] == [str(tmp_path)]


def test_a_log_alone_is_a_machine(tmp_path: Path) -> None:
    """A file of another role alone is not."""
    (tmp_path / "h").mkdir()
    (tmp_path / "h" / "dmesg").write_text(boot_log(Shape(), "h", "1", "P"))
    (tmp_path / "other" / "proc").mkdir(parents=True)
    (tmp_path / "other" / "proc" / "cmdline").write_text("ro\n")
    assert [m.path for m in _machines(tmp_path)] == [f"{tmp_path}/h"]


def test_a_report_and_a_broken_one(tmp_path: Path) -> None:
    """The file names the machine; for what cannot be read whole there is a reason."""
    truth = make_fleet(tmp_path, machines=1, configurations=1, drifts=0, broken=1, reports=1)
    broken, whole = _machines(tmp_path)
    assert {broken.path} == truth.broken
    assert "ends too early" in broken.errors[0]
    assert whole.path in truth.shapes
    assert not whole.errors
    assert {e.role for e in whole.found.evidence} >= {Role.DMI, Role.HOST_NAME, Role.BOOT_LOG}


def test_what_was_named_and_holds_nothing(tmp_path: Path) -> None:
    """It is an error; found in a folder it is passed over."""
    (tmp_path / "note.md").write_text("nothing\n")
    assert _machines(tmp_path) == []
    (machine,) = _machines(tmp_path / "note.md")
    assert machine.errors
    assert machine.path == f"{tmp_path}/note.md"


def test_an_error_of_one_machine_is_not_that_of_the_others(tmp_path: Path) -> None:
    """In a dump of several, the one with a gap is reported."""
    make_dump(tmp_path / "all.txt", [Shape(), Shape()])
    text = (tmp_path / "all.txt").read_text()
    at = text.rindex("    0010:")
    (tmp_path / "all.txt").write_text(text[:at] + text[text.index("\n", at) + 1 :])
    first, second = _machines(tmp_path)
    assert (first.errors, len(second.errors)) == ((), 1)


def test_a_wrong_spec_is_a_row_with_its_error(tmp_path: Path) -> None:
    """Nothing is raised."""
    (tmp_path / "m.toml").write_text("[srat]\nentries = 'nonsense'\n")
    (machine,) = _machines(tmp_path)
    assert machine.errors


def test_equal_machines_are_equal_values(tmp_path: Path) -> None:
    """Wherever they were found, as tables or packed, and however they are called."""
    for host in ("a", "b"):
        (tmp_path / host).mkdir()
        (tmp_path / host / "SRAT").write_bytes(srat(Shape()))
        (tmp_path / host / "hostname").write_text(host)
    a, b = (neutral(machine.found) for machine in _machines(tmp_path))
    assert a == b
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "SRAT.gz").write_bytes(gzip.compress(srat(Shape())))
    assert len(_machines(tmp_path)) == 3


def test_specs_in_one_folder(tmp_path: Path) -> None:
    """Each is a machine that is named by its file."""
    names = ("sparse-domains", "too-short-entry")
    for name in names:
        source = next((PACKAGE / "data" / "examples").rglob(f"{name}.toml"))
        (tmp_path / source.name).write_bytes(source.read_bytes())
    assert [m.path for m in _machines(tmp_path)] == [f"{tmp_path}/{name}.toml" for name in names]


def test_logs_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large ones are left out; without any left, that is an error of the machine."""
    log = boot_log(Shape(), "h", "1", "P")
    (tmp_path / "SRAT").write_bytes(srat(Shape()))
    (tmp_path / "dmesg").write_text(log)
    (tmp_path / "var" / "log").mkdir(parents=True)
    (tmp_path / "var" / "log" / "messages").write_text(log * 3)
    monkeypatch.setattr(machines, "MAX_LOGS", 2 * len(log))
    (machine,) = _machines(tmp_path)
    assert [len(one.data) for one in machine.found.evidence] == [len(log)]
    assert machine.errors == ()
    monkeypatch.setattr(machines, "MAX_LOGS", 10)
    (machine,) = _machines(tmp_path)
    assert "left out" in machine.errors[0]
