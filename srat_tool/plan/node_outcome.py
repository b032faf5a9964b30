"""What an outcome does to nodes and zones: values, and the words for them.

Outcomes that do the same, each to the nodes of its condition, are compared by their fields.
"""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.words import joined

_NONE: frozenset[int] = frozenset()


class Called(NamedTuple):
    """Nodes that have other words than their numbers in a sentence.

    Attributes:
        nids: the nodes.
        words: instead of `node 1`.
    """

    nids: frozenset[int] = _NONE
    words: str = ""


_BY_NUMBER = Called()


class NodeChange(NamedTuple):
    """What differs from the plan, as sets of nodes.

    Attributes:
        become: they are kernel nodes then.
        cease: they are kernel nodes in the plan only.
        lose: their ZONE_MOVABLE disappears.
        gain: they get a ZONE_MOVABLE.
        moves: a ZONE_MOVABLE begins elsewhere.
    """

    become: frozenset[int] = _NONE
    cease: frozenset[int] = _NONE
    lose: frozenset[int] = _NONE
    gain: frozenset[int] = _NONE
    moves: bool = False

    def sentence(self, called: Called = _BY_NUMBER) -> str:
        """Return what differs, in words."""
        turns = [
            f"{names(nids, called)} {'becomes' if len(nids) == 1 else 'become'} {what}"
            for nids, what in (
                (self.become, "a kernel node" if len(self.become) == 1 else "kernel nodes"),
                (self.cease, "no kernel node" if len(self.cease) == 1 else "no kernel nodes"),
            )
            if nids
        ]
        return f"{' and '.join(turns) or 'the kernel nodes are the same'}: {self._zones(called)}"

    def _zones(self, called: Called) -> str:
        if self.lose:
            same = self.lose == self.become and len(self.lose) == 1
            return f"ZONE_MOVABLE of {'it' if same else names(self.lose, called)} disappears"
        if self.gain:
            has = "has" if len(self.gain) == 1 else "have"
            return f"{names(self.gain, called)} {has} a ZONE_MOVABLE"
        return "ZONE_MOVABLE begins elsewhere" if self.moves else "no zone changes"

    def apart_from(self, nids: frozenset[int]) -> tuple[object, ...]:
        """Return what is equal for changes that do the same, each to the given nodes."""
        sets = (self.become, self.cease, self.lose, self.gain)
        return (*((nids <= one, one - nids if nids <= one else one) for one in sets), self.moves)


class NodeOutcome(NamedTuple):
    """An outcome whose condition is about nodes.

    Attributes:
        who: what is otherwise, up to the nodes: `KASLR puts the kernel on`.
        nids: the nodes.
        change: what follows.
    """

    who: str
    nids: frozenset[int]
    change: NodeChange


def names(nids: frozenset[int], called: Called = _BY_NUMBER) -> str:
    """Return `node 1` or `nodes 1 and 2`; nodes that are called otherwise come first."""
    if called.nids and called.nids <= nids:
        rest = nids - called.nids
        return f"{called.words} and {names(rest)}" if rest else called.words
    return f"{'node' if len(nids) == 1 else 'nodes'} {joined([str(nid) for nid in sorted(nids)])}"
