"""Machines that ship with the package, by name."""

from __future__ import annotations

import pytest

from srat_tool.base.errors import NameMissingError, SourceError
from srat_tool.sources.detect import gather
from srat_tool.sources.examples import example_files, find_example
from srat_tool.sources.found import Role


def test_names_are_unique_and_sound_machines_come_first() -> None:
    """Each name leads to the file of that name, faulty tables after the machines."""
    files = example_files()
    faulty = [path.parent.name == "faulty" for path in files.values()]
    assert all(path.stem == name for name, path in files.items())
    assert faulty == sorted(faulty)
    assert any(faulty)


def test_an_example_is_evidence_under_its_own_name() -> None:
    """`example:NAME` is read like a spec that the user has, and named as the user named it."""
    (evidence,) = gather(["example:epyc-8-nodes"]).evidence
    assert evidence.role is Role.SPEC
    assert evidence.path == "example:epyc-8-nodes"
    assert evidence.data == find_example("epyc-8-nodes").read_bytes()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("two-socket-removable-rise", "example:two-sockets-removable-riser"),
        ("slit", "example:slit-bad-diagonal"),
        ("qqqq", "example: for the list"),
        ("../../pyproject", "example: for the list"),
        ("x" * 100_000, "example: for the list"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(name: str, hint: str) -> None:
    """One line, with what to try."""
    with pytest.raises(SourceError) as caught:
        find_example(name)
    assert hint in caught.value.message
    assert "\n" not in caught.value.message


def test_no_name_asks_for_the_list() -> None:
    """The list has every name with its title."""
    with pytest.raises(NameMissingError) as caught:
        gather(["example:"])
    lines = caught.value.listing.splitlines()
    assert [line.split()[0] for line in lines] == [f"example:{name}" for name in example_files()]
    assert all(len(line.split()) > 2 for line in lines)
