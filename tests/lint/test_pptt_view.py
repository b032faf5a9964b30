"""What rules know of a PPTT."""

from __future__ import annotations

from srat_tool.lint.pptt_view import PpttView
from tests.lint.lab import machine, table_spec


def _view(entries: str) -> PpttView:
    view = machine(table_spec("pptt", entries)).pptt
    assert view is not None
    return view


def test_processors_climb_to_their_package() -> None:
    """A node with a valid id and no children is a processor."""
    view = _view("node 0 0 package\nnode 36 4..5 valid-id leaf")
    assert view.packages == {36: [4, 5]}
    assert view.node(36).flags == 1


def test_circles_end() -> None:
    """Nodes that are each other's parents belong to no package."""
    assert _view("node 56 0\nnode 36 0\nnode 36 3 valid-id leaf").packages == {}
