"""What a kernel printed after its zones, against the plan: fallback lists, HMAT, memory tiers."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.words import joined, plural
from srat_tool.compare.verified import Verdict, VerifiedPart, compared, without_dropped
from srat_tool.observe.facts import BootLog
from srat_tool.observe.late_lines import LATE_PARTS, late_lines
from srat_tool.plan.plan import Plan

# Tables that a part follows from: a plan without one of them proves nothing about it.
_NEEDS = {
    "fallback": frozenset({"SLIT"}),
    "hmat": frozenset({"HMAT"}),
    "mismatch": frozenset({"HMAT"}),
    "demotion": frozenset({"HMAT", "SLIT"}),
}


def late_parts(plan: Plan, log: BootLog) -> Iterator[VerifiedPart]:
    """Compare, kind by kind; what neither has, or the log does not reach, is not mentioned."""
    planned, printed = late_lines(plan.log), log.answer.late
    last = max((at for at, name in enumerate(LATE_PARTS) if name in printed), default=-1)
    for at, name in enumerate(LATE_PARTS):
        seen, predicted = printed.get(name, ()), planned.get(name, ())
        if not seen and (not predicted or at > last):
            continue
        why = _unknown(plan, name, predicted, seen)
        if why is not None:
            yield VerifiedPart(
                name=name, verdict=Verdict.UNKNOWN, why=why, predicted=predicted, seen=seen
            )
        else:
            mine = without_dropped(predicted, seen, log.dropped)
            mine = _as_far_as_printed(log, name, mine, seen)
            yield compared(name, mine, seen, plural(len(seen), "line"))


def _as_far_as_printed(
    log: BootLog, name: str, predicted: tuple[str, ...], seen: tuple[str, ...]
) -> tuple[str, ...]:
    """Leave out fallback lists that the log lacks before the first, or after the last, it has."""
    if name != "fallback" or len(seen) >= len(predicted):
        return predicted
    if not log.answer.printed:
        return predicted[-len(seen) :]
    return predicted if log.answer.goes_on else predicted[: len(seen)]


def _unknown(
    plan: Plan, name: str, predicted: tuple[str, ...], seen: tuple[str, ...]
) -> str | None:
    missing = sorted(_NEEDS[name] & plan.after_zones.missing)
    if missing:
        return f"the machine has {joined(['an ' + table for table in missing])} that was not given"
    if not seen:
        return "the log has no such line"
    if not predicted and "HMAT" not in _NEEDS[name]:
        return "this kernel prints lines that mainline's of its release does not"
    return None
