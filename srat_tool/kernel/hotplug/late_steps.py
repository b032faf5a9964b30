"""What hot-added memory does to nodes and zones, in the order in which drivers hear of it.

*Mirrors:* the notifiers of mm/memory_hotplug.c, 5.16 to 7.2. What follows from each step, in
fallback lists and tiers, is computed in `late_machine.py`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class LateStep(NamedTuple):
    """One step.

    Attributes:
        what: `device`: kmem takes a device; `no device`: it gives one back; `node`: a node gets its
            first memory block; `memory`: a zone gets its first page; `no memory`: a zone loses its
            last one; `no node`: a node without memory blocks goes.
        nid: the node.
        name: the device, or the zone; empty for a node.
    """

    what: Literal["device", "no device", "node", "memory", "no memory", "no node"]
    nid: int
    name: str = ""
