"""A PPTT as rules see it: the tree of processors, their caches, and packages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from srat_tool.lint.views import EntryView
from srat_tool.tables.pptt import Cache, NodeFlags, ProcessorNode
from srat_tool.tables.structure import Hole

PACKAGE, ID_VALID = int(NodeFlags.PHYSICAL_PACKAGE), int(NodeFlags.PROCESSOR_ID_VALID)
LEAF = int(NodeFlags.LEAF)
MAX_LEVELS = 8
"""How many levels of caches are followed from a node; machines have four."""
_PARENT, RESOURCES, _NEXT_LEVEL = 8, 20, 8
"""Where references are inside a processor node and inside a cache."""


class PpttReference(NamedTuple):
    """A table offset that a structure states.

    Attributes:
        entry: the structure that states it.
        place: where in the structure.
        what: what the field is called.
        target: the offset.
        types: the types that may be there.
        expected: those types as text.
    """

    entry: ProcessorNode | Cache
    place: int
    what: str
    target: int
    types: tuple[int, ...]
    expected: str

    @property
    def text(self) -> str:
        """The field and its value."""
        return f"{self.what} {self.target:#x}"


class PpttView(EntryView):
    """One PPTT."""

    @cached_property
    def _nodes(self) -> dict[int, ProcessorNode]:
        return {entry.offset: entry for entry in self.all_of(0)}

    @cached_property
    def _caches(self) -> dict[int, Cache]:
        return {entry.offset: entry for entry in self.all_of(1)}

    def reserved_masks(self, kind: int) -> Mapping[str, int]:
        """Return what a type reserves; the thread, leaf and identical flags came with revision 2.

        Revision 1 is that of ACPI 6.2. The table's header and the structures are the same.
        """
        old = {"flags": PACKAGE | ID_VALID} if kind == 0 and self.header.revision <= 1 else None
        return self.family.layouts[kind].reserved(old)

    @cached_property
    def nodes(self) -> list[ProcessorNode]:
        """The processor nodes in table order."""
        return list(self._nodes.values())

    @cached_property
    def caches(self) -> list[Cache]:
        """The caches in table order."""
        return list(self._caches.values())

    @cached_property
    def parents(self) -> set[int]:
        """The places that a node names as its parent."""
        return {node.parent for node in self._nodes.values()}

    def first_level(self, node: ProcessorNode) -> list[Cache]:
        """Return the caches of a node that are not the next level of another one of it."""
        caches = [self._caches[at] for at in node.resources if at in self._caches]
        reached: set[int] = set()
        for cache in caches:
            at = cache.next_level
            for _ in range(MAX_LEVELS):
                if at not in self._caches or at in reached:
                    break
                reached.add(at)
                at = self._caches[at].next_level
        return [cache for cache in caches if cache.offset not in reached]

    @cached_property
    def leaves(self) -> list[ProcessorNode]:
        """Nodes with a valid processor id that are not parents."""
        return [n for n in self.nodes if n.flags & ID_VALID and n.offset not in self.parents]

    @cached_property
    def packages(self) -> dict[int, list[int]]:
        """UIDs of the processors of each package, by the package's place in the table."""
        found: dict[int, list[int]] = {}
        for node in self.leaves:
            top = self._climbed[node.offset].nearest
            if top is not None:
                found.setdefault(top, []).append(node.acpi_processor_id)
        return found

    @cached_property
    def packages_above(self) -> dict[int, list[ProcessorNode]]:
        """Processors by the number of packages that they are in; lost ones are left out."""
        found: dict[int, list[ProcessorNode]] = {}
        for node in self.leaves:
            climbed = self._climbed[node.offset]
            if climbed.ends:
                found.setdefault(climbed.packages, []).append(node)
        return found

    @cached_property
    def _climbed(self) -> Mapping[int, _Climb]:
        """What is above each node; each node is climbed from once."""
        known: dict[int, _Climb] = {0: _Climb(0, None, ends=True)}
        for start in self._nodes:
            path: list[ProcessorNode] = []
            at, seen = start, set[int]()
            while at not in known and at in self._nodes and at not in seen:
                seen.add(at)
                path.append(self._nodes[at])
                at = path[-1].parent
            above = known.get(at, _Climb(0, None, ends=False))
            for node in reversed(path):
                if node.flags & PACKAGE:
                    above = _Climb(above.packages + 1, node.offset, above.ends)
                known[node.offset] = above
        return known

    def cache(self, offset: int) -> Cache | None:
        """Return the cache at a place in the table; None where there is none."""
        return self._caches.get(offset)

    def node(self, offset: int) -> ProcessorNode:
        """Return the node at a place in the table."""
        return self._nodes[offset]

    @property
    def references(self) -> Iterator[PpttReference]:
        """Yield every reference that is not empty."""
        for node in self._nodes.values():
            if node.parent:
                yield PpttReference(node, _PARENT, "parent", node.parent, (0,), "a processor node")
            for index, target in enumerate(node.resources):
                place = RESOURCES + 4 * index
                yield PpttReference(node, place, "resource", target, (1, 2), "a cache")
        for cache in self._caches.values():
            if cache.next_level:
                yield PpttReference(
                    cache, _NEXT_LEVEL, "next level", cache.next_level, (1,), "a cache"
                )

    def is_outside(self, reference: PpttReference) -> bool:
        """Return whether a reference leads out of the structures: Linux ignores it."""
        return not self.fixed_size <= reference.target < min(self.size, self.header.length)

    def problem_of(self, reference: PpttReference) -> str | None:
        """Return why a reference does not lead to a structure that it may lead to, or None."""
        target = reference.target
        if self.is_outside(reference):
            return "is inside the header" if target < self.fixed_size else "is outside the table"
        found = self.entries[self.number_at(target)]
        if found.offset != target or isinstance(found, Hole):
            return f"is inside {self.name(found)}"
        if found.type in reference.types:
            return None
        return f"is {self.name(found)}, expected {reference.expected}"

    @property
    def circles(self) -> Iterator[tuple[list[ProcessorNode | Cache], str]]:
        """Yield the structures of each circle of references, and what they are."""
        parents = {at: node.parent for at, node in self._nodes.items()}
        levels = {at: cache.next_level for at, cache in self._caches.items()}
        found = chain(
            ((circle, "node") for circle in _circles(parents)),
            ((circle, "cache") for circle in _circles(levels)),
        )
        every: Mapping[int, ProcessorNode | Cache] = {**self._nodes, **self._caches}
        for circle, word in found:
            yield [every[at] for at in circle], word


class _Climb(NamedTuple):
    """What is above a node, itself included.

    Attributes:
        packages: how many nodes are marked as a physical package.
        nearest: the offset of the nearest of them.
        ends: whether the parents lead to a node without one.
    """

    packages: int
    nearest: int | None
    ends: bool


def _circles(following: Mapping[int, int]) -> Iterable[list[int]]:
    """Yield every circle of a graph in which each place leads to at most one other."""
    done: set[int] = set()
    for start in following:
        path: dict[int, None] = {}
        at = start
        while at in following and at not in done and at not in path:
            path[at] = None
            at = following[at]
        if at in path:
            order = list(path)
            yield order[order.index(at) :]
        done |= path.keys()
