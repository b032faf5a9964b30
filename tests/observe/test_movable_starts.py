"""Where ZONE_MOVABLE began, by a log."""

from __future__ import annotations

import pytest

from srat_tool.observe.facts import KernelAnswer
from srat_tool.observe.movable_starts import movable_starts

HEADING = "Movable zone start for each node"


@pytest.mark.parametrize(
    ("lines", "begins_with", "starts"),
    [
        ((HEADING, "  Node 1: 0x0000000140000000", "  Node 2: 0x1"), None, {1: 5 << 30, 2: 1}),
        # Page frame numbers, before 3.5.
        (("Movable zone start PFN for each node", "  Node 1: 1310720"), None, {1: 5 << 30}),
        ((HEADING,), None, {}),
        (("  Node 2: 0x140000000",), "movable", None),
        ((), None, None),
    ],
)
def test_starts_by_node(
    lines: tuple[str, ...], begins_with: str | None, starts: dict[int, int] | None
) -> None:
    """In bytes; nothing is known without the lines, or where the first of them may be lost."""
    printed = {"movable": lines} if lines else {}
    assert movable_starts(KernelAnswer(printed=printed, begins_with=begins_with)) == starts
