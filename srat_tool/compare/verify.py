"""Plan against reality: predicted lines and figures compared with those of a kernel.

A part is compared only where both sides speak; a log that ends early proves nothing about what
it does not reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from srat_tool.base.words import plural
from srat_tool.compare.chain import chain
from srat_tool.compare.running import of_own_map, system_parts, zoneinfo_part
from srat_tool.compare.verified import Verdict, Verification, VerifiedPart, compared
from srat_tool.observe.bootlog import BootLog
from srat_tool.plan.observed import Observed
from srat_tool.plan.plan import Plan
from srat_tool.tables.srat import Srat


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
_OF_LOG = frozenset(part.name for part in LOG_PARTS)
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
        part = zoneinfo_part(plan, observed.zones)
        parts.append(part if observed.zone_map is None else of_own_map(part, observed.zone_map))
    if observed.system is not None:
        parts += system_parts(plan, observed.system, observed.zones)
    if observed.other_boot:
        parts = [_of_other_boot(part) for part in parts]
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


def _of_other_boot(part: VerifiedPart) -> VerifiedPart:
    """What runs is no evidence about another boot, whose log the plan was made from."""
    if part.verdict is not Verdict.DIFFERENT or part.name in _OF_LOG:
        return part
    why = "the log is of another boot: its release or command line is not the running kernel's"
    return replace(part, verdict=Verdict.UNKNOWN, why=why, at=None)


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
    return compared(name, predicted, seen, why)
