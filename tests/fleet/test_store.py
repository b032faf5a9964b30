"""The file of a run in progress."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.fleet.row import Fingerprints, Judgement, MachineIdentity
from srat_tool.fleet.store import Store, check_database, row_of
from srat_tool.fleet.survey import Surveyed
from srat_tool.fleet.unit import Unit

UNIT = Unit("top", ("a/SRAT",), 1, "state")


def _surveyed(path: str, key: str) -> Surveyed:
    return Surveyed(path, MachineIdentity(), (), Fingerprints("", "", ""), key, ())


def test_what_is_known_is_not_done_again(tmp_path: Path) -> None:
    """Also by a later run with the same options; with others all is begun anew."""
    with Store(tmp_path / "s", "options") as store:
        assert not store.is_done(UNIT)
        store.add_unit(UNIT, [_surveyed("b", "k"), _surveyed("a", "k")])
        store.add_judgement("k", Judgement(None, None, None, ("x",)))
        store.commit()
    with Store(tmp_path / "s", "options") as store:
        assert store.is_done(UNIT)
        assert not store.is_done(UNIT._replace(state="other"))
        assert not store.is_done(UNIT._replace(state=""))
        assert store.knows("k")
        assert [stored.row.path for stored in store.rows()] == ["a", "b"]
        assert [stored.row.errors for stored in store.rows()] == [("x",), ("x",)]
    with Store(tmp_path / "s", "others") as store:
        assert not store.is_done(UNIT)
        assert not store.knows("k")


def test_an_interrupted_unit_is_read_again(tmp_path: Path) -> None:
    """Its judgement never arrived."""
    with Store(tmp_path / "s", "options") as store:
        store.add_unit(UNIT, [_surveyed("a", "k")])
        assert store.unjudged() == [UNIT.key]
        store.forget(store.unjudged())
        assert not store.is_done(UNIT)
        assert list(store.rows()) == []


def test_what_is_gone_leaves_no_row(tmp_path: Path) -> None:
    """Nor its judgement."""
    with Store(tmp_path / "s", "options") as store:
        store.add_unit(UNIT, [_surveyed("a", "k")])
        store.add_judgement("k", Judgement(None, None, None))
        store.commit()
    with Store(tmp_path / "s", "options") as store:
        store.finish()
        assert list(store.rows()) == []
        assert not store.knows("k")


def test_two_runs_do_not_write_one_file(tmp_path: Path) -> None:
    """The second one reports the first."""
    with Store(tmp_path / "s", "options"), pytest.raises(SourceError, match="another run"):
        Store(tmp_path / "s", "options")


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    """A text is no database, and an empty database is not one of a fleet."""
    (tmp_path / "text").write_text("not a database, and longer than its header would be\n" * 9)
    with pytest.raises(SourceError, match="database"):
        Store(tmp_path / "text", "options")
    (tmp_path / "empty").touch()
    with pytest.raises(SourceError, match="not a database of srattool fleet"):
        check_database(tmp_path / "empty")


def test_a_row_has_the_errors_of_both() -> None:
    """Of reading and of planning."""
    surveyed = _surveyed("a", "k")._replace(errors=("one",))
    assert row_of(surveyed, Judgement(None, None, None, ("two",))).errors == ("one", "two")


def test_no_row_is_lost_to_an_equal_name(tmp_path: Path) -> None:
    """Another unit's machine of the same name gets a name of its own; the same files do not."""
    with Store(tmp_path / "s", "options") as store:
        for top, member in (("a", "b/SRAT"), ("a/b", "SRAT"), ("x", "SRAT"), ("y", "SRAT")):
            unit = Unit(str(tmp_path / top), (member,), 1, "state")
            store.add_unit(unit, [_surveyed("a/b" if top.startswith("a") else "same", "")])
        store.finish()
        assert [stored.row.path for stored in store.rows()] == ["a/b", "same", "same (2)"]
