"""numa_meminfo with a hotpluggable mark on every block (patches 2, 4, 5 and 8).

*Mirrors:* arch/x86/mm/srat.c `acpi_numa_memory_affinity_init`, arch/x86/mm/numa.c
`numa_add_memblk_to`, `numa_cleanup_meminfo`, `numa_meminfo_cover_memory`, `x86_numa_init` and
`memory_add_physaddr_to_nid`, 3.9 and 3.10 with the series.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from srat_tool.base.span import Pfn, Span
from srat_tool.base.units import PAGE_SHIFT, U64, mem_range
from srat_tool.kernel.memblock import Memblock

MAX_NUMNODES = 64
# 1 MiB of RAM may stay without a block.
_SLACK_PAGES = 256


class Entry(NamedTuple):
    """A memory entry of the SRAT; `length` may wrap the address around."""

    pxm: int
    base: int
    length: int
    enabled: bool
    hot: bool


class Block(NamedTuple):
    """A block of numa_meminfo."""

    start: int
    end: int
    nid: int
    hot: bool

    @property
    def span(self) -> Span:
        """The range alone."""
        return Span(self.start, self.end)


class Cleanup(Enum):
    """What the clean-up did with a pair of blocks of one node."""

    MERGED = "merged"
    OVERLAP = "overlaps with itself"


class CleanupStep(NamedTuple):
    """One decision of the clean-up, with the blocks as they were then."""

    did: Cleanup
    left: Block
    right: Block


class Rejected(Exception):  # noqa: N818 (a verdict of the kernel, not an error of ours)
    """The kernel will not use the SRAT; the message is the reason in our words."""


class NumaMeminfo:
    """The blocks, what was printed about them, and how they came to be.

    Args:
        max_nodes: MAX_NUMNODES; twice as many entries of a table are looked at.

    Attributes:
        blocks: in the kernel's order.
        steps: what the clean-up did.
        log: printed lines.
        lines_of_srat: how many of them were printed while the table was read.
        dropped: blocks that lie wholly above RAM.
        rejected: why the SRAT was not used; None when it was.
    """

    def __init__(self, max_nodes: int = MAX_NUMNODES) -> None:
        self._most_entries = 2 * max_nodes
        self.blocks: list[Block] = []
        self.steps: list[CleanupStep] = []
        self.log: list[str] = []
        self.lines_of_srat = 0
        self.dropped: list[Block] = []
        self.rejected: str | None = None

    def numa_init(
        self,
        entries: Iterable[Entry],
        pxm_to_node: Mapping[int, int],
        mb: Memblock,
        max_pfn: Pfn,
        *,
        used: bool = True,
        off: bool = False,
    ) -> None:
        """Read the SRAT, or make one node of everything when it cannot be used.

        Args:
            entries: memory entries in table order.
            pxm_to_node: nodes of the domains; one that is missing has no node left.
            mb: RAM.
            max_pfn: end of RAM.
            used: whether there is a SRAT that may be read at all.
            off: `numa=off` was given.
        """
        try:
            self._parse_srat(entries if used and not off else (), pxm_to_node)
            self.lines_of_srat = len(self.log)
            self._trim(max_pfn)
            self._cleanup()
            self._cover_memory(mb, max_pfn)
        except Rejected as rejected:
            self.rejected = str(rejected)
            self.log.append("NUMA turned off" if off else "No NUMA configuration found")
            self.log.append(f"Faking a node at {mem_range(Span(0, max_pfn << PAGE_SHIFT), 18)}")
            self.blocks = [Block(0, max_pfn << PAGE_SHIFT, 0, hot=False)]

    def nid_of(self, address: int) -> int:
        """Return an address's node (`memory_add_physaddr_to_nid`, patch 8).

        The last block that holds it counts; outside all blocks it is the first block's node.
        """
        return self._pieces[1][bisect_right(self._pieces[0], address) - 1]

    def same_node_from(self, address: int) -> int:
        """Return an address from which on `nid_of` says the same up to this one."""
        return self._pieces[0][bisect_right(self._pieces[0], address) - 1]

    @cached_property
    def _pieces(self) -> tuple[list[int], list[int]]:
        """Where the answer of `nid_of` may change, and the answer from there on."""
        first = self.blocks[0].nid if self.blocks else 0
        borders = sorted({0, *(border for block in self.blocks for border in block.span)})
        nids = []
        for border in borders:
            holding = [block.nid for block in self.blocks if block.span.holds(border)]
            nids.append(holding[-1] if holding else first)
        return borders, nids

    def nid_of_reservation(self, start: int, end: int) -> int | None:
        """Return the node of the first block that holds a whole reservation.

        Linux: the last byte is compared with the block's end, so one byte may stick out.
        """
        for block in self.blocks:
            if block.start <= start and end - 1 <= block.end:
                return block.nid
        return None

    def runs(self) -> Iterator[tuple[int, Span]]:
        """Yield consecutive blocks of one node, from the first's start to the last's end.

        The blocks stand in table order, so a run may hold other nodes' RAM, or be backwards.
        """
        at = 0
        while at < len(self.blocks):
            first = last = self.blocks[at]
            while at < len(self.blocks) and self.blocks[at].nid == first.nid:
                last = self.blocks[at]
                at += 1
            yield first.nid, Span(first.start, last.end)

    def _parse_srat(self, entries: Iterable[Entry], pxm_to_node: Mapping[int, int]) -> None:
        parsed = 0
        for at, entry in enumerate(entries):
            if at == self._most_entries:
                break
            if entry.enabled:
                self._parse_entry(entry, pxm_to_node)
                parsed += 1
        if not parsed:
            raise Rejected("no enabled memory entry was read from a SRAT")

    def _parse_entry(self, entry: Entry, pxm_to_node: Mapping[int, int]) -> None:
        nid = pxm_to_node.get(entry.pxm)
        if nid is None:
            self.log += ["SRAT: Too many proximity domains.", "SRAT: SRAT not used."]
            raise Rejected(f"no node is left for proximity domain {entry.pxm}")
        span = Span(entry.base, (entry.base + entry.length) & U64)
        if span.start > span.end:
            self.log.append(f"NUMA: Warning: invalid memblk node {nid} {mem_range(span)}")
        elif span:
            self.blocks.append(Block(*span, nid, entry.hot))
        hot = "Hot Pluggable" if entry.hot else ""
        self.log.append(f"SRAT: Node {nid} PXM {entry.pxm} {mem_range(span)} {hot}")

    def _trim(self, max_pfn: Pfn) -> None:
        high = max_pfn << PAGE_SHIFT
        self.dropped = [block for block in self.blocks if block.start >= high]
        self.blocks = [
            block._replace(end=min(block.end, high)) for block in self.blocks if block.start < high
        ]

    def _cleanup(self) -> None:
        at = 0
        while at < len(self.blocks):
            other = at + 1
            while other < len(self.blocks):
                if self._join(at, other):
                    del self.blocks[other]
                else:
                    other += 1
            at += 1

    def _join(self, at: int, other: int) -> bool:
        """Join two blocks where that is allowed; tell whether it was done."""
        left, right = self.blocks[at], self.blocks[other]
        if left.span.overlaps(right.span):
            self._overlap(left, right)
        if (left.nid, left.hot) != (right.nid, right.hot):
            return False
        joined = Span(min(left.start, right.start), max(left.end, right.end))
        for block in self.blocks:
            # Patch 5: a block of the same node with another mark counts as somebody else.
            alike = (block.nid, block.hot) == (left.nid, left.hot)
            if not alike and joined.overlaps(block.span):
                return False
        self.log.append(
            f"NUMA: Node {left.nid} {mem_range(left.span)} + {mem_range(right.span)}"
            f" -> {mem_range(joined)}"
        )
        self.steps.append(CleanupStep(Cleanup.MERGED, left, right))
        self.blocks[at] = left._replace(start=joined.start, end=joined.end)
        return True

    def _overlap(self, left: Block, right: Block) -> None:
        if left.nid != right.nid:
            self.log.append(
                f"NUMA: node {left.nid} {mem_range(left.span)} overlaps with"
                f" node {right.nid} {mem_range(right.span)}"
            )
            raise Rejected(
                f"node {left.nid} {mem_range(left.span)} overlaps node {right.nid}"
                f" {mem_range(right.span)}"
            )
        self.log.append(
            f"NUMA: Warning: node {left.nid} {mem_range(left.span)} overlaps with itself"
            f" {mem_range(right.span)}"
        )
        self.steps.append(CleanupStep(Cleanup.OVERLAP, left, right))

    def _cover_memory(self, mb: Memblock, max_pfn: Pfn) -> None:
        """Compare RAM inside blocks with all RAM.

        The series' base does this before RAM has nodes, so overlapping blocks count twice.
        """
        covered = sum(_ram_pages(mb, block.span) for block in self.blocks)
        ram = _ram_pages(mb, Span(0, max_pfn << PAGE_SHIFT))
        if ram - covered >= _SLACK_PAGES:
            mib = 20 - PAGE_SHIFT
            self.log.append(
                f"NUMA: nodes only cover {covered >> mib}MB of your {ram >> mib}MB e820 RAM."
                " Not used."
            )
            raise Rejected(f"{ram - covered} pages of RAM lie in no block, 255 are allowed")


def _ram_pages(mb: Memblock, span: Span) -> int:
    """Count pages of RAM from the page of the first byte up to the page of the end."""
    start, end = span.start >> PAGE_SHIFT, span.end >> PAGE_SHIFT
    pages = 0
    for ram, _ in mb.for_each_mem_pfn_range():
        pages += max(0, min(ram.end, end) - max(ram.start, start))
    return pages
