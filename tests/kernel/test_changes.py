"""Changes that rows share."""

from __future__ import annotations

from srat_tool.base.architecture import ARCHITECTURES
from srat_tool.kernel import changes
from srat_tool.kernel.evidence import ProfileChange
from srat_tool.kernel.profiles import history_of


def test_every_shared_change_is_in_some_row() -> None:
    """A change that no row names would be a sentence about nothing."""
    shared = {value for value in vars(changes).values() if isinstance(value, ProfileChange)}
    used = {
        change
        for row in (row for arch in ARCHITECTURES for row in history_of(arch))
        for change in row.changes
    }
    assert shared <= used
