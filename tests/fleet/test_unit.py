"""Units: what distinguishes them, and how a change is detected."""

from __future__ import annotations

import os
from pathlib import Path

from srat_tool.fleet.unit import Unit, below, unit_of


def test_a_change_of_a_member_changes_the_state(tmp_path: Path) -> None:
    """Its size does, and its time does."""
    file = tmp_path / "SRAT"
    file.write_bytes(b"1")
    first = unit_of(str(tmp_path), ["SRAT"])
    assert first == unit_of(str(tmp_path), ["SRAT"])
    os.utime(file, ns=(1, 1))
    second = unit_of(str(tmp_path), ["SRAT"])
    file.write_bytes(b"12")
    third = unit_of(str(tmp_path), ["SRAT"])
    assert len({first.state, second.state, third.state}) == 3
    assert len({first.key, second.key, third.key}) == 1
    assert third.size == 2


def test_a_member_that_is_gone_is_part_of_the_state(tmp_path: Path) -> None:
    """A file that cannot be looked at raises nothing."""
    assert unit_of(str(tmp_path), ["SRAT"]).state


def test_the_name_is_the_folder_of_all_members() -> None:
    """One file is named itself; a unit without members is what the user named."""
    assert Unit("a", ("h/SRAT", "h/SLIT")).name == "a/h"
    assert Unit("a", ("h.txt",)).name == "a/h.txt"
    assert Unit("-").name == "-"
    assert below(".", "SRAT") == "SRAT"
    assert below("/", "SRAT") == "/SRAT"
