"""Walking through folders: which files belong together."""

from __future__ import annotations

from pathlib import Path

from srat_tool.fleet.unit import Unit
from srat_tool.fleet.walk import Unreadable, find_units
from tests.fleet.tables import Shape, slit, srat


def _tree(top: Path, *names: str) -> None:
    for name in names:
        file = top / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(slit(Shape()) if "SLIT" in name else srat(Shape()))


def _units(*paths: Path) -> list[tuple[str, tuple[str, ...]]]:
    found = list(find_units([str(path) for path in paths]))
    assert all(isinstance(unit, Unit) for unit in found)
    return [(unit.name, unit.members) for unit in found if isinstance(unit, Unit)]


def test_each_folder_is_a_machine(tmp_path: Path) -> None:
    """In natural order, with the log next to its tables."""
    _tree(tmp_path, "h2/SRAT", "h2/SLIT", "h10/SRAT", "h2/dmesg")
    assert _units(tmp_path) == [
        (f"{tmp_path}/h2", ("h2/SLIT", "h2/SRAT", "h2/dmesg")),
        (f"{tmp_path}/h10/SRAT", ("h10/SRAT",)),
    ]


def test_a_copy_of_a_file_system_is_one_machine(tmp_path: Path) -> None:
    """Tables, zones and logs are far apart in it; what is of no use is read alone."""
    _tree(tmp_path, "s/sys/firmware/acpi/tables/SRAT", "s/proc/zoneinfo", "s/var/log/dmesg")
    assert [name for name, _ in _units(tmp_path)] == [f"{tmp_path}/s"]


def test_a_log_above_the_only_tables_belongs_to_them(tmp_path: Path) -> None:
    """Above several it does not."""
    _tree(tmp_path, "a/dmesg", "a/acpi/SRAT", "b/dmesg", "b/x/SRAT", "b/y/SRAT")
    assert [members for _, members in _units(tmp_path)] == [
        ("a/dmesg", "a/acpi/SRAT"),
        ("b/x/SRAT",),
        ("b/y/SRAT",),
        ("b/dmesg",),
    ]


def test_files_that_are_named_belong_together_by_folder(tmp_path: Path) -> None:
    """As a shell lists them."""
    _tree(tmp_path, "a/SRAT", "a/SLIT", "b/SRAT")
    named = [tmp_path / name for name in ("a/SRAT", "b/SRAT", "a/SLIT")]
    units = list(find_units([str(path) for path in named]))
    assert [u.members for u in units if isinstance(u, Unit)] == [("SRAT", "SLIT"), ("SRAT",)]
    assert all(isinstance(u, Unit) and u.named for u in units)


def test_what_is_no_file_is_read_as_a_whole() -> None:
    """Standard input and examples."""
    names = ["-", "example:sparse-domains"]
    assert list(find_units(names)) == [Unit(name, named=True) for name in names]


def test_what_cannot_be_looked_into_is_said(tmp_path: Path) -> None:
    """No such file, an empty folder, a table that is a link to nowhere."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "SRAT").symlink_to("nowhere")
    (tmp_path / "links" / "other").symlink_to("nowhere")
    found = list(find_units([str(tmp_path / n) for n in ("gone", "empty", "links")]))
    assert all(isinstance(one, Unreadable) for one in found)
    assert [one.path for one in found if isinstance(one, Unreadable)] == [
        f"{tmp_path}/gone",
        f"{tmp_path}/empty",
        f"{tmp_path}/links/SRAT",
        f"{tmp_path}/links",
    ]


def test_a_link_to_what_the_kernel_makes_up_is_not_read(tmp_path: Path) -> None:
    """Reading it may wait for ever; a name that claims a table is an error."""
    _tree(tmp_path, "h/SLIT")
    (tmp_path / "empty").touch()
    for name in ("SRAT", "other"):
        (tmp_path / "h" / name).symlink_to(tmp_path / "empty")
    found = list(find_units([str(tmp_path / "h")]))
    assert [u.members for u in found if isinstance(u, Unit)] == [("SLIT",)]
    assert [u.path for u in found if isinstance(u, Unreadable)] == [f"{tmp_path}/h/SRAT"]


def test_no_loop_holds_us(tmp_path: Path) -> None:
    """Links to folders are not followed."""
    _tree(tmp_path, "h/SRAT")
    (tmp_path / "h" / "again").symlink_to(tmp_path)
    assert len(_units(tmp_path)) == 1
