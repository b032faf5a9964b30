"""Plan against reality: predicted lines and figures compared with those of a kernel.

A part is compared only where both sides have it; a log that ends early proves nothing about what
it does not reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from srat_tool.base.words import plural
from srat_tool.compare.blocks import block_parts
from srat_tool.compare.chain import chain
from srat_tool.compare.late import late_parts
from srat_tool.compare.running import of_own_map, system_parts, zoneinfo_part
from srat_tool.compare.since_boot import SinceBoot, since_boot, zones_since
from srat_tool.compare.tiers import TIER_PARTS, tier_parts
from srat_tool.compare.verified import (
    Verdict,
    Verification,
    VerifiedPart,
    compared,
    without_dropped,
)
from srat_tool.observe.answer import PARTS, answer_parts, join_ranges
from srat_tool.observe.facts import BootLog
from srat_tool.observe.late_lines import LATE_PARTS
from srat_tool.plan.observed import Observed
from srat_tool.plan.plan import Plan
from srat_tool.tables.srat import Srat

# Parts that do not depend on the memory map.
_WITHOUT_MAP = frozenset({"srat", "cpus", "distances"})
# Parts that boot options decide: always, and where one of them splits nodes.
_OF_LOG = frozenset((*PARTS, *LATE_PARTS))
_BY_OPTIONS = frozenset({"movable", "hmat", "mismatch", "demotion", *TIER_PARTS})
_BY_EMULATION = frozenset({"numa", "nodes", "initmem", "fallback"})
# Guesses that are named whatever the comparison came to: what was compared rests on them.
_FOUNDATIONS = frozenset({"memory map", "SRAT", "SLIT"})


class Basis(NamedTuple):
    """What of a plan's inputs was the kernel's own answer.

    Attributes:
        given: parts whose lines the plan was made from, and in which way: they prove nothing.
        exact: RAM is known to the page, so that a difference is one.
        joins: RAM was read from the node ranges, so that it is not known why two of one node that
            meet are two.
    """

    given: Mapping[str, str] = {}
    exact: bool = True
    joins: bool = False


def verify(
    plan: Plan,
    observed: Observed,
    srat: Srat | None = None,
    doubts: tuple[str, ...] = (),
    basis: Basis = Basis(),  # noqa: B008 - frozen
) -> Verification:
    """Compare a plan with everything that was observed of the same machine.

    Args:
        plan: what a kernel would make of it.
        observed: what a kernel did.
        srat: the table, for the offsets of its entries in explanations.
        doubts: what is odd about the inputs of the plan.
        basis: what of them was the kernel's answer.
    """
    parts: list[VerifiedPart] = []
    log = observed.log
    if log is not None:
        parts += log_parts(plan, log, joins=basis.joins)
        parts += late_parts(plan, log)
        basis = basis._replace(exact=basis.exact and not log.elided)
        doubts = (*doubts, *_lost(log))
    since = since_boot(plan, observed.blocks)
    if observed.zones:
        parts.append(_zones(plan, observed, since))
    if observed.system is not None:
        with_memory = None if since is None else since.with_memory
        parts += system_parts(plan, observed.system, observed.zones, with_memory)
    if observed.blocks is not None:
        sized = observed.system is not None and observed.system.block_bytes is not None
        parts += block_parts(plan, observed.blocks, size_compared=sized)
    if observed.tiers:
        parts += tier_parts(plan.after_zones, observed.tiers)
    if observed.other_boot:
        parts = [_of_other_boot(part) for part in parts]
    if log is not None and not plan.knows_command_line:
        parts = [_without_options(part, log) for part in parts]
    parts = [_as_far_as_known(part, basis) for part in parts]
    explained = tuple(_explained(part, plan, srat, observed.log) for part in parts)
    differs = any(part.verdict is Verdict.DIFFERENT for part in explained)
    notes = (*doubts, *observed.unread, *_guesses(plan, all_of_them=differs))
    return Verification(parts=explained, notes=notes)


def _lost(log: BootLog) -> Iterator[str]:
    if log.dropped:
        count = plural(log.dropped, "message")
        yield f"the log lacks {count} that the kernel dropped before its console took them"


def _zones(plan: Plan, observed: Observed, since: SinceBoot | None) -> VerifiedPart:
    if observed.zone_map is not None:
        return of_own_map(zoneinfo_part(plan, observed.zones), observed.zone_map)
    return (
        zoneinfo_part(plan, observed.zones) if since is None else zones_since(since, observed.zones)
    )


def _as_far_as_known(part: VerifiedPart, basis: Basis) -> VerifiedPart:
    """Make no verdict of lines that the plan was made from, nor of RAM that is not known."""
    if part.name in basis.given:
        return replace(part, verdict=Verdict.UNKNOWN, why=basis.given[part.name], at=None)
    exact = basis.exact or part.name in _WITHOUT_MAP
    if exact or part.verdict is not Verdict.DIFFERENT:
        return part
    why = "the log does not show all of its RAM"
    return replace(part, verdict=Verdict.UNKNOWN, why=why, at=None)


def _without_options(part: VerifiedPart, log: BootLog) -> VerifiedPart:
    """Make no verdict of what boot options decide, where the log does not show them."""
    decided = _BY_OPTIONS | (_BY_EMULATION if log.answer.emulated else frozenset())
    if part.verdict is not Verdict.DIFFERENT or part.name not in decided:
        return part
    why = "the log does not show the boot options"
    return replace(part, verdict=Verdict.UNKNOWN, why=why, at=None)


def _guesses(plan: Plan, *, all_of_them: bool) -> Iterator[str]:
    """Yield what the plan had to assume, which is where a difference may come from."""
    for guess in plan.assumptions:
        if all_of_them or guess.what in _FOUNDATIONS:
            yield f"assumed {guess.what} {guess.value}: {guess.why}"
    for other in plan.alternatives if all_of_them else ():
        yield f"if {other.condition}: {other.changes}"


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
    """What runs is not evidence about another boot, whose log the plan was made from."""
    if part.verdict is not Verdict.DIFFERENT or part.name in _OF_LOG:
        return part
    why = "the log is of another boot: its release or command line is not the running kernel's"
    return replace(part, verdict=Verdict.UNKNOWN, why=why, at=None)


def log_parts(plan: Plan, log: BootLog, *, joins: bool = False) -> list[VerifiedPart]:
    """Compare the printed lines, kind by kind, whatever their blanks.

    Args:
        plan: what a kernel would print.
        log: what one printed.
        joins: ranges of one node that meet count as one.
    """
    mine, seen = answer_parts(plan.log), dict(log.answer.printed)
    if joins and "nodes" in seen:
        seen["nodes"] = join_ranges(seen["nodes"])
        mine["nodes"] = join_ranges(mine.get("nodes", ()))
    last = max((i for i, name in enumerate(PARTS) if name in seen), default=-1)
    parts: list[VerifiedPart] = []
    for index, name in enumerate(PARTS):
        passed = index < last or log.answer.goes_on
        predicted = mine.get(name, ())
        if name in seen:
            may_stop = index == last and (not log.answer.goes_on or plan.crash is not None)
            predicted = without_dropped(predicted, seen[name], log.dropped)
            if name == log.answer.begins_with:
                predicted = predicted[-len(seen[name]) :]
            parts.append(_lines(name, predicted, seen[name], may_stop=may_stop))
        elif not predicted and passed:
            why = "no line, as planned"
            parts.append(VerifiedPart(name=name, verdict=Verdict.EQUAL, why=why))
        else:
            why = "the log has no such line" if passed else "the log ends before it"
            parts.append(
                VerifiedPart(name=name, verdict=Verdict.UNKNOWN, why=why, predicted=predicted)
            )
    return parts


def _lines(
    name: str, predicted: tuple[str, ...], seen: tuple[str, ...], *, may_stop: bool
) -> VerifiedPart:
    """Compare the lines of one kind; a log, or a kernel, that stops short differs in nothing."""
    why = plural(len(seen), "line")
    if may_stop and len(seen) < len(predicted):
        predicted = predicted[: len(seen)]
        why += ", as far as the log goes"
    return compared(name, predicted, seen, why)
