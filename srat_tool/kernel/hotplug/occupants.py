"""What the boot put into memory, as far as it matters to memory that goes offline."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import format_size

OWN_NODE = -1
"""In place of a number: each node itself, where several nodes have the same answer."""


def node_name(nid: int | None) -> str:
    """Return `node 1`, `the node` for `OWN_NODE`, or `no node`."""
    if nid is None:
        return "no node"
    return "the node" if nid == OWN_NODE else f"node {nid}"


def for_any_node(nid: int | None, own: int) -> int | None:
    """Return `OWN_NODE` for a node's own number, and any other number as it is."""
    return OWN_NODE if nid == own else nid


class Content(NamedTuple):
    """An early allocation.

    Attributes:
        name: what it is.
        nid: the node that it is about; None for the whole machine.
        at: its address, where nothing else distinguishes it from others.
        size: about how many bytes it has, where that is an estimate.
    """

    name: str
    nid: int | None = None
    at: int | None = None
    size: int | None = None

    def __str__(self) -> str:
        of = "" if self.nid is None else f" of {node_name(self.nid)}"
        at = "" if self.at is None else f" at {self.at:#x}"
        size = "" if self.size is None else f" (about {format_size(self.size)})"
        return f"{self.name}{of}{at}{size}"


class Occupant(NamedTuple):
    """An early allocation and its place; `certain` when it is known to stay, and to be there."""

    span: Span
    what: Content
    certain: bool = True
