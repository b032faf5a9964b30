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


def test_references_that_meet_nothing() -> None:
    """The header, the middle of a structure, another kind, and what is beyond the end."""
    text = "node 0 0 package resources=4\nnode 40 0 valid-id leaf resources=36\ncache 9000 32K"
    view = machine(table_spec("pptt", text)).pptt
    assert view is not None
    problems = [(one.text, view.problem_of(one), view.is_outside(one)) for one in view.references]
    assert problems == [
        ("resource 0x4", "is inside the header", True),
        ("parent 0x28", "is inside entry 0 (processor node)", False),
        ("resource 0x24", "is entry 0 (processor node), expected a cache", False),
        ("next level 0x2328", "is outside the table", True),
    ]


def test_circles_are_found_once() -> None:
    """However many nodes lead into them."""
    text = "node 56 0\nnode 36 0\nnode 36 1 valid-id leaf\nnode 36 2 valid-id leaf"
    view = machine(table_spec("pptt", text)).pptt
    assert view is not None
    assert [([entry.offset for entry in c], word) for c, word in view.circles] == [
        ([36, 56], "node")
    ]
    assert view.packages_above == {}


def test_long_chains_of_caches_cost_no_more_than_short_ones() -> None:
    """Every node may begin a chain through all caches of the table."""
    count = 1500
    first = 36 + 24 * count
    nodes = f"node 0 0 resources={first}\n" * count
    caches = "".join(f"cache {first + 28 * (at + 1)} 32K\n" for at in range(count - 1))
    view = machine(table_spec("pptt", f"{nodes}{caches}cache 0 32K")).pptt
    assert view is not None
    assert [len(view.first_level(node)) for node in view.nodes] == [1] * count
