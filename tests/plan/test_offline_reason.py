"""Reasons are values: equal fields are equal reasons, and each kind has a wording."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.kernel.hotplug.occupants import Content
from srat_tool.plan.offline_reason import (
    OfflineBecause,
    OfflineReason,
    RemovalBecause,
    RemovalReason,
    holding,
)


@pytest.mark.parametrize("because", OfflineBecause)
def test_every_kind_has_words(because: OfflineBecause) -> None:
    """No field that is not its own appears in them."""
    reason = OfflineReason(because, (0, None), ("DMA", "Normal"), Span(0, 4096), (Content("x"),))
    assert str(reason).isprintable()


@pytest.mark.parametrize("because", RemovalBecause)
def test_every_kind_of_a_node_has_words(because: RemovalBecause) -> None:
    """In a few words and as a sentence."""
    stays = OfflineReason(OfflineBecause.KERNEL_ZONE)
    reason = RemovalReason(because, ("Normal",), 3, 2, stays)
    assert reason.short
    assert str(reason)


def test_three_contents_are_named() -> None:
    """Each once; the others are counted."""
    reason = holding(OfflineBecause.HOLDS, [Content(name) for name in "abcabde"])
    assert str(reason) == "it holds a, b, c and 2 more"


def test_nodes_with_the_same_reason_are_alike() -> None:
    """Their own numbers, and those of their blocks, make no difference; other nodes' do."""

    def reason(nid: int, other: int) -> RemovalReason:
        contents = [Content("NODE_DATA", nid), Content("NODE_DATA", other)]
        stays = holding(OfflineBecause.HOLDS, contents)
        return RemovalReason(RemovalBecause.BLOCK, block=9 + nid, more=nid, stays=stays)

    assert reason(1, 0).for_any_node(1) == reason(2, 0).for_any_node(2)
    assert reason(1, 0).for_any_node(1) != reason(2, 3).for_any_node(2)
    assert reason(1, 0).for_any_node(1).short == (
        "a block of each: it holds NODE_DATA of the node and NODE_DATA of node 0"
    )
