"""Plan against reality: predicted lines and figures compared with those of a kernel.

A part is compared only where both sides speak; a log that ends early proves nothing about what
it does not reach.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from srat_tool.base.units import exact_size
from srat_tool.base.words import plural
from srat_tool.compare.chain import chain
from srat_tool.observe.bootlog import BootLog
from srat_tool.observe.sysnode import SysMemory
from srat_tool.observe.zoneinfo import ZoneInfo
from srat_tool.plan.observed import Observed
from srat_tool.plan.plan import Plan
from srat_tool.tables.srat import Srat


class Verdict(Enum):
    """What a comparison came to."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNKNOWN = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedPart:
    """One kind of lines or figures, compared.

    Attributes:
        name: `zones`, `nodes`, `zoneinfo`, ...
        verdict: what it came to.
        why: what was compared, or the reason why nothing could be.
        at: index of the first difference; None when there is none.
        predicted: the plan's lines or figures, in order.
        seen: the kernel's lines or figures.
        chain: where the first difference comes from, from table offset to zone.
    """

    name: str
    verdict: Verdict
    why: str = ""
    at: int | None = None
    predicted: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """All parts, and what they come to together."""

    parts: tuple[VerifiedPart, ...]
    notes: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Different when a part is; equal when one is and none is different."""
        verdicts = {part.verdict for part in self.parts}
        if Verdict.DIFFERENT in verdicts:
            return Verdict.DIFFERENT
        return Verdict.EQUAL if Verdict.EQUAL in verdicts else Verdict.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPart:
    """Lines of one kind, in the order in which a kernel comes to them."""

    name: str
    lines: re.Pattern[str]


LOG_PARTS = (
    LogPart(
        name="srat",
        lines=re.compile(r"(?:ACPI: )?SRAT: (?!PXM|hot plug)|(?:ACPI: )?\[SRAT:"),
    ),
    LogPart(name="cpus", lines=re.compile(r"(?:ACPI: NUMA: )?SRAT: PXM")),
    LogPart(
        name="numa",
        lines=re.compile(
            r"NUMA: |NUMA turned off|No NUMA|Faking a node|(?:Warning: )?node -?\d+ \[mem"
            r"|Warning: invalid memblk|ACPI: SLIT(?:: | table looks)|too many memblk"
        ),
    ),
    LogPart(
        name="zones",
        lines=re.compile(
            r"Zone (?:PFN )?ranges:"
            r"|  (?:DMA|DMA32|Normal|HighMem|Movable|Device) +(?:\[mem|empty|\w+ +-> )"
        ),
    ),
    LogPart(name="movable", lines=re.compile(r"Movable zone start|  Node \d+: \d")),
    LogPart(
        name="nodes",
        lines=re.compile(
            r"Early memory node ranges|early_node_map\[|  node +-?\d+: \[mem| +\d+: +\w+ -> +\w"
        ),
    ),
    LogPart(name="initmem", lines=re.compile(r"Initmem setup node|Initializing node")),
)
# Parts that do not depend on the memory map.
_WITHOUT_MAP = frozenset({"srat", "cpus", "distances"})
# What a kernel prints once its zones are set up: a log with such a line did not end before.
_LATER = re.compile(r"Built \d+ zonelists|Memory: \d+[kK]/|SLUB: |smpboot: |ACPI: PM-Timer")


def verify(
    plan: Plan, observed: Observed, srat: Srat | None = None, doubts: tuple[str, ...] = ()
) -> Verification:
    """Compare a plan with everything that was observed of the same machine.

    Args:
        plan: what a kernel would make of it.
        observed: what a kernel did.
        srat: the table, for the offsets of its entries in explanations.
        doubts: what is odd about the inputs of the plan.
    """
    parts: list[VerifiedPart] = []
    if observed.log is not None:
        parts += log_parts(plan, observed.log)
    if observed.zones:
        parts.append(zoneinfo_part(plan, observed.zones))
    if observed.system is not None:
        parts += system_parts(plan, observed.system)
    if observed.log is not None and observed.log.elided:
        parts = [_beside_gaps(part) for part in parts]
    explained = tuple(_explained(part, plan, srat, observed.log) for part in parts)
    differs = any(part.verdict is Verdict.DIFFERENT for part in explained)
    guesses = tuple(_guesses(plan)) if differs else ()
    return Verification(parts=explained, notes=(*doubts, *observed.unread, *guesses))


def _guesses(plan: Plan) -> Iterator[str]:
    """Yield what the plan had to assume, which is where a difference may come from."""
    for guess in plan.assumptions:
        yield f"assumed {guess.what} {guess.value}: {guess.why}"
    for other in plan.alternatives:
        yield f"if {other.condition}: {other.changes}"


def _beside_gaps(part: VerifiedPart) -> VerifiedPart:
    """A log that left lines of its memory map out proves no difference in what RAM there is."""
    if part.verdict is not Verdict.DIFFERENT or part.name in _WITHOUT_MAP:
        return part
    why = "the log left out lines of its memory map"
    return replace(part, verdict=Verdict.UNKNOWN, why=why, at=None)


def _explained(
    part: VerifiedPart, plan: Plan, srat: Srat | None, log: BootLog | None
) -> VerifiedPart:
    if part.at is None:
        return part
    mine, theirs = (
        lines[part.at] if part.at < len(lines) else "" for lines in (part.predicted, part.seen)
    )
    return replace(part, chain=chain(plan, mine, theirs, srat, log))


def log_parts(plan: Plan, log: BootLog) -> list[VerifiedPart]:
    """Compare the printed lines, kind by kind."""
    seen = [_pick(log.lines, part) for part in LOG_PARTS]
    last = max((i for i, lines in enumerate(seen) if lines), default=-1)
    ends = not any(_LATER.match(line) for line in log.lines)
    compared = []
    for index, part in enumerate(LOG_PARTS):
        passed = index < last or not ends
        predicted = _pick(plan.log, part)
        if seen[index]:
            may_stop = index == last and (ends or plan.crash is not None)
            compared.append(_lines(part.name, predicted, seen[index], may_stop=may_stop))
        elif not predicted and passed:
            compared.append(
                VerifiedPart(name=part.name, verdict=Verdict.EQUAL, why="no line, as planned")
            )
        else:
            why = "the log has no such line" if passed else "the log ends before it"
            compared.append(
                VerifiedPart(name=part.name, verdict=Verdict.UNKNOWN, why=why, predicted=predicted)
            )
    return compared


def _pick(lines: Sequence[str], part: LogPart) -> tuple[str, ...]:
    return tuple(line.rstrip() for line in lines if part.lines.match(line))


def _lines(
    name: str, predicted: tuple[str, ...], seen: tuple[str, ...], *, may_stop: bool
) -> VerifiedPart:
    """Compare the lines of one kind; a log, or a kernel, that stops short differs in nothing."""
    why = plural(len(seen), "line")
    if may_stop and len(seen) < len(predicted):
        predicted = predicted[: len(seen)]
        why += ", as far as the log goes"
    return _part(name, predicted, seen, why)


def first_difference(left: Sequence[object], right: Sequence[object]) -> int | None:
    """Return the index of the first element that differs or is missing; None when equal."""
    for at, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            return at
    return None if len(left) == len(right) else min(len(left), len(right))


def zoneinfo_part(plan: Plan, zones: tuple[ZoneInfo, ...]) -> VerifiedPart:
    """Compare zone by zone: node, name, start, spanned and present pages."""
    real = sorted((z for z in zones if z.spanned), key=lambda z: (z.nid, z.name))
    unknown_start = {(z.nid, z.name) for z in real if z.start_pfn is None}
    seen = tuple(_zone(z.nid, z.name, z.start_pfn, z.spanned, z.present) for z in real)
    predicted = tuple(
        _zone(
            z.nid,
            z.name,
            None if (z.nid, z.name) in unknown_start else z.start_pfn,
            z.spanned_pages,
            z.present_pages,
        )
        for z in sorted(plan.zones, key=lambda z: (z.nid, z.name))
    )
    return _part("zoneinfo", predicted, seen, plural(len(seen), "zone"))


def _zone(nid: int, name: str, start: int | None, spanned: int, present: int) -> str:
    first = "?" if start is None else str(start)
    return f"node {nid} zone {name}: start_pfn {first} spanned {spanned} present {present}"


def _part(name: str, predicted: Sequence[str], seen: Sequence[str], why: str) -> VerifiedPart:
    at = first_difference(predicted, seen)
    return VerifiedPart(
        name=name,
        verdict=Verdict.EQUAL if at is None else Verdict.DIFFERENT,
        why=why,
        at=at,
        predicted=tuple(predicted),
        seen=tuple(seen),
    )


def system_parts(plan: Plan, system: SysMemory) -> list[VerifiedPart]:
    """Compare nodes, distances, block size and the node of every memory block."""
    parts = [_nodes(plan, system)]
    if all(node.distances for node in system.nodes):
        parts.append(_distances(plan, system))
    if system.block_bytes:
        size, real = str(plan.memory_block_bytes), str(system.block_bytes)
        parts.append(_part("block size", [size], [real], f"{exact_size(system.block_bytes)} each"))
        if any(node.blocks for node in system.nodes):
            parts.append(_blocks(plan, system, system.block_bytes))
    return parts


def _nodes(plan: Plan, system: SysMemory) -> VerifiedPart:
    """Compare the nodes with memory; one without is online only if its processors came up."""
    planned = {node.nid: node.memoryless for node in plan.nodes}
    has_memory = system.masks.get("has_memory", ())
    seen = [
        f"node {node.nid}"
        for node in system.nodes
        if node.blocks or node.nid in has_memory or node.nid not in planned
    ]
    predicted = [f"node {nid}" for nid, memoryless in planned.items() if not memoryless]
    return _part("node list", predicted, seen, plural(len(seen), "node"))


def _distances(plan: Plan, system: SysMemory) -> VerifiedPart:
    index = {nid: at for at, nid in enumerate(plan.distances.nids)}
    nids = [node.nid for node in system.nodes]
    seen = [f"node {n.nid}: {' '.join(map(str, n.distances))}" for n in system.nodes]
    predicted = []
    for a in nids:
        row = (
            plan.distances.matrix[index[a]][index[b]] if a in index and b in index else 0
            for b in nids
        )
        predicted.append(f"node {a}: {' '.join(map(str, row))}")
    return _part("distances", predicted, seen, plural(len(seen), "row"))


def _blocks(plan: Plan, system: SysMemory, size: int) -> VerifiedPart:
    """Compare the blocks that hold RAM of the plan; what was plugged in later is not looked at."""
    present = sorted({block for node in system.nodes for block in node.blocks})
    planned: dict[int, set[int]] = {}
    for region in plan.memory:
        first = bisect_left(present, region.start // size)
        last = bisect_left(present, -(-region.end // size))
        planned.setdefault(-1 if region.nid is None else region.nid, set()).update(
            present[first:last]
        )
    known = set().union(*planned.values())
    seen = [_runs(node.nid, known & set(node.blocks)) for node in system.nodes]
    predicted = [_runs(node.nid, planned.get(node.nid, set())) for node in system.nodes]
    return _part("blocks", predicted, seen, plural(len(known), "memory block"))


def _runs(nid: int, blocks: set[int]) -> str:
    runs: list[list[int]] = []
    for block in sorted(blocks):
        if runs and block == runs[-1][1] + 1:
            runs[-1][1] = block
        else:
            runs.append([block, block])
    return f"node {nid}: " + ",".join(f"{a}-{b}" if b > a else str(a) for a, b in runs)
