"""The fuzzer itself, for a moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.doors import Door, doors
from tests.fuzz.limits import command
from tests.fuzz.loop import Fault, Faults, attempt, fuzz
from tests.fuzz.samples import samples
from tests.sources.samples import tables_in


def test_samples_are_sound() -> None:
    """Every sample of a source holds tables."""
    for name, data in samples().items():
        assert tables_in(data), name


@pytest.mark.parametrize("door", doors(), ids=lambda door: door.name)
def test_seeds_are_taken(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No seed of a door breaks what holds for any input."""
    monkeypatch.chdir(tmp_path)
    for data in door.seeds()[:12]:
        fault = attempt(door, data)
        assert fault is None, fault.why


def test_a_moment_of_every_door() -> None:
    """Some seconds of damage, always the same while nothing changes, break nothing."""
    counts, faults = fuzz(doors(), seconds=3, seed=7)
    assert not faults, faults[0].why
    assert all(count.runs for count in counts.values())


def test_a_broken_rule_is_a_fault(tmp_path: Path) -> None:
    """What a door raises is kept with its input; one fault of each kind."""

    def enter(data: bytes) -> None:
        raise ValueError("broken")

    door = Door("broken", lambda: [b"abc"], enter)
    counts, faults = fuzz([door], seconds=0.1, seed=1, corpus=tmp_path)
    assert counts["broken"].runs > 1
    (fault,) = faults
    why, kept = sorted((tmp_path / "faults").iterdir(), key=lambda path: path.suffix, reverse=True)
    assert kept.read_bytes() == fault.data
    assert "ValueError" in why.read_text()


def test_faults_are_written_as_they_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run that is stopped has lost none."""
    faults = Faults(tmp_path)
    first = Fault("door", b"x", "ValueError: of one kind")
    assert faults.add(first)
    assert len(list(tmp_path.iterdir())) == 2
    assert str(tmp_path) in capsys.readouterr().out
    assert not faults.add(first._replace(data=b"y"))
    assert list(faults) == [first]
    assert len(list(tmp_path.iterdir())) == 2


def test_endless_work_is_a_fault() -> None:
    """Time is bounded, whatever an input does."""

    def enter(_: bytes) -> None:
        while True:
            pass

    door = Door("endless", lambda: [b""], enter)
    fault = attempt(door, b"", seconds=0.2)
    assert fault is not None
    assert "took more than 0.2 s" in fault.why


def test_statuses_are_known() -> None:
    """An option that does not exist is status 2, and reported."""
    assert command(["inspect", "--no-such"], size=0) == 2
