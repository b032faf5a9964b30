"""The two versions of the series that are modelled, and the differences between them."""

from __future__ import annotations

from typing import NamedTuple


class SeriesVariant(NamedTuple):
    """One version of the thirteen patches.

    Attributes:
        name: name of the kernel profile.
        nodes_known: kernel nodes are marked after the SRAT is parsed, and a reservation has the
            node of the block that contains it; otherwise none has a node, and no node is marked.
        skips_kernel_nodes: hot ranges of kernel nodes are not reserved.
        start_in_pages: the start of ZONE_MOVABLE is stored as a page frame number, not in bytes.
        upgrades_first: parts of the direct map get larger pages before equal ones are joined
            (3.10), not after (3.9).
        brk_pages: pages that the kernel image reserves for early page tables.
    """

    name: str
    nodes_known: bool
    skips_kernel_nodes: bool
    start_in_pages: bool
    upgrades_first: bool
    brk_pages: int


# Mails of 2013-04-30, "[PATCH v2 00/13] Arrange hotpluggable memory in SRAT as ZONE_MOVABLE".
V2_POSTED = SeriesVariant(
    name="acpi2013-v2-posted",
    nodes_known=False,
    skips_kernel_nodes=False,
    start_in_pages=False,
    upgrades_first=False,
    brk_pages=5,
)
# Mails of 2013-06-13, "[Part2 PATCH v4 00/15] Arrange hotpluggable memory as ZONE_MOVABLE", with
# the author's corrections of 2013-05-22: the intended behaviour.
INTENDED = SeriesVariant(
    name="acpi2013",
    nodes_known=True,
    skips_kernel_nodes=True,
    start_in_pages=True,
    upgrades_first=True,
    brk_pages=6,
)
