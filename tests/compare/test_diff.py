"""The comparison of two sets of tables."""

from __future__ import annotations

from srat_tool.compare.change import ChangeKind, TableChange
from srat_tool.compare.diff import Diff

CHANGE = TableChange("SRAT", ChangeKind.FLAG, "x", 48, 48)


def test_repr_counts() -> None:
    """No effect and an unknown effect read differently."""
    diff = Diff(before="a", after="b", changes=(CHANGE,), effects=(), kernel="6.1")
    assert repr(diff) == "<Diff a b: 1 change, 0 effects (6.1)>"
    unknown = Diff(before="a", after="b", changes=(), effects=None, kernel="no map")
    assert repr(unknown) == "<Diff a b: 0 changes, unknown effects (no map)>"
