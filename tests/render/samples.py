"""Plans made by hand: machines of every size, for tests of text and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, KIB, MIB, PAGE_SHIFT, TIB
from srat_tool.plan.after_zones import nothing_after_zones
from srat_tool.plan.later import Later
from srat_tool.plan.plan import (
    Alternative,
    Assumption,
    HotAdd,
    HotRange,
    Ignored,
    KernelChoice,
    MovableStart,
    NodeLocal,
    NodePlan,
    Plan,
    PlanDistances,
    Region,
    ZonePlan,
)

LOW = (Span(4 * KIB, 636 * KIB), Span(MIB, 3 * GIB))
_LIMITS = (("DMA", 0, 16 * MIB), ("DMA32", 16 * MIB, 4 * GIB), ("Normal", 4 * GIB, 1 << 60))


def _zones(nid: int, ram: Sequence[Span], movable: int | None) -> list[ZonePlan]:
    end = ram[-1].end if ram else 0
    limits = [(name, a, b if movable is None else min(b, movable)) for name, a, b in _LIMITS]
    limits += [] if movable is None else [("Movable", movable, end)]
    zones = []
    for name, start, stop in limits:
        parts = [p for p in (span.clip(Span(start, stop)) for span in ram) if p]
        if parts:
            first, last = parts[0].start >> PAGE_SHIFT, parts[-1].end >> PAGE_SHIFT
            present = sum(part.size for part in parts) >> PAGE_SHIFT
            zones.append(ZonePlan(nid, name, first, last, last - first, present))
    return zones


class Node:
    """One node of a sample: its RAM, where Movable begins, and whether it is hot-pluggable."""

    def __init__(
        self, *ram: Span, movable: int | None = None, hot: bool = False, kernel: bool = False
    ) -> None:
        self.ram, self.movable, self.hot, self.kernel = ram, movable, hot, kernel

    def plan(self, nid: int) -> NodePlan:
        because = ("kernel image", "initrd") if self.kernel else ()
        cpus = tuple(range(nid * 4, nid * 4 + 4))
        return NodePlan(nid, nid, cpus, self.ram, not self.ram, self.kernel, because)


def plan_of(*nodes: Node, policy: str = "movable_node") -> Plan:
    """Return the plan of a machine with these nodes."""
    hot = [
        HotRange(
            *ram,
            nid,
            nid,
            "movable" if node.movable is not None else "kernel-node",
            f"node {nid} holds {'no' if node.movable is not None else 'early'} kernel data",
            0x30 + 40 * nid,
        )
        for nid, node in enumerate(nodes)
        if node.hot
        for ram in node.ram
    ]
    return Plan(
        kernel=KernelChoice(
            profile="6.1",
            release="6.1.0-31-amd64",
            architecture="x86_64",
            page_bytes=4096,
            policy=policy,
            options={"movable_node": ""},
            ignored=(),
        ),
        numa_used="srat",
        rejected=None,
        nodes=tuple(node.plan(nid) for nid, node in enumerate(nodes)),
        distances=PlanDistances(
            tuple(range(len(nodes))),
            tuple(
                tuple(10 if a == b else 20 for b in range(len(nodes))) for a in range(len(nodes))
            ),
        ),
        memory=tuple(
            Region(*ram, nid, ("HOTPLUG",) if node.hot else ())
            for nid, node in enumerate(nodes)
            for ram in node.ram
        ),
        reserved=(),
        zones=tuple(
            zone for n, node in enumerate(nodes) for zone in _zones(n, node.ram, node.movable)
        ),
        movable_start=tuple(
            MovableStart(nid, node.movable)
            for nid, node in enumerate(nodes)
            if node.movable is not None
        ),
        hotpluggable=tuple(hot),
        node_local=(),
        hot_add=(),
        memory_block_bytes=128 * MIB,
        log=(),
        late=Later(lambda: nothing_after_zones("made up")),
        assumptions=(),
        alternatives=(),
    )


def laptop() -> Plan:
    """One node of 16 GiB, no option."""
    plan = plan_of(Node(*LOW, Span(4 * GIB, 17 * GIB), kernel=True), policy="none")
    assumed = Assumption("kernel image", "16M-56M", "no boot log says where the kernel lies")
    return replace(plan, assumptions=(assumed,))


def two_sockets() -> Plan:
    """Two removable nodes next to the one that the kernel is on, with node-local data."""
    plan = plan_of(
        Node(*LOW, Span(4 * GIB, 33 * GIB), kernel=True),
        Node(Span(33 * GIB, 65 * GIB), movable=33 * GIB + 512 * MIB, hot=True),
        Node(Span(65 * GIB, 97 * GIB), movable=65 * GIB + 512 * MIB, hot=True),
    )
    local = (
        NodeLocal(1, "page tables", 2 * MIB, 33 * GIB, 33 * GIB + 2 * MIB, exact=True),
        NodeLocal(1, "vmemmap", 512 * MIB, None, None, exact=False),
        NodeLocal(2, "page tables", 2 * MIB, 65 * GIB, 65 * GIB + 2 * MIB, exact=True),
    )
    kernel = replace(
        plan.kernel,
        ignored=(Ignored("movablecore=8G", "movable_node comes first"),),
    )
    alternative = Alternative("KASLR puts the kernel above 4G", "node 1 may become a kernel node")
    return replace(plan, node_local=local, kernel=kernel, alternatives=(alternative,))


def epyc() -> Plan:
    """Eight nodes of 64 GiB each, no option."""
    gap = 64 * GIB
    nodes = [Node(*LOW, Span(4 * GIB, 65 * GIB), kernel=True)]
    nodes += [Node(Span(GIB + gap * n, GIB + gap * (n + 1))) for n in range(1, 8)]
    return plan_of(*nodes, policy="none")


def sparse() -> Plan:
    """Nodes of a terabyte each, at 16, 32 and 64 TiB, with windows to plug more in."""
    starts = (16 * TIB, 32 * TIB, 64 * TIB)
    plan = plan_of(
        Node(*LOW, Span(4 * GIB, TIB + GIB), kernel=True),
        *(Node(Span(s, s + TIB), movable=s + 256 * MIB, hot=True) for s in starts),
    )
    windows = tuple(
        HotAdd(s + TIB, s + 8 * TIB, nid, "Normal", "Movable", aligned=True)
        for nid, s in enumerate(starts, 1)
    )
    return replace(plan, hot_add=windows)


def big(count: int = 32) -> Plan:
    """Many nodes of 64 GiB: every fifth without memory, the upper half movable."""
    nodes, at = [], 4 * GIB
    for nid in range(count):
        if nid and nid % 5 == 0:
            nodes.append(Node())
        else:
            ram = Span(at, at + 64 * GIB)
            hot = nid >= count // 2
            low = LOW if nid == 0 else ()
            nodes.append(Node(*low, ram, movable=at if hot else None, hot=hot, kernel=nid == 0))
        at += 64 * GIB
    return plan_of(*nodes)


SAMPLES = {
    "laptop": laptop,
    "two-sockets": two_sockets,
    "epyc": epyc,
    "sparse": sparse,
    "big": big,
}
