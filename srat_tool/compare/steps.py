"""Events after the boot: what was planned for each of them against what a guest did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from srat_tool.base.numerals import whole
from srat_tool.base.words import plural
from srat_tool.compare.verified import Verdict, VerifiedPart, compared
from srat_tool.observe.zoneinfo import ZoneInfo, parse_zoneinfo
from srat_tool.plan.event_values import EventAnswer
from srat_tool.plan.plan import AfterEvents

_ERRNO = {
    "Invalid argument": "EINVAL",
    "Device or resource busy": "EBUSY",
    "No such file or directory": "ENOENT",
    "nonexistent directory": "ENOENT",
    "Operation not permitted": "EPERM",
    "Cannot allocate memory": "ENOMEM",
}


class GuestBlock(NamedTuple):
    """A memory block of a guest: its nodes, state and valid_zones as sysfs shows them."""

    nodes: str
    state: str
    zones: str


class Snapshot(NamedTuple):
    """A guest between two events; pages are those of all zones."""

    size: int
    blocks: dict[int, GuestBlock]
    present: int
    managed: int
    zones: tuple[ZoneInfo, ...] = ()


class GuestStep(NamedTuple):
    """One event in a guest.

    Attributes:
        before, after: the guest.
        errors: what writing to state files answered; empty where all of it worked.
    """

    before: Snapshot
    after: Snapshot
    errors: tuple[str, ...] = ()


def parse_snapshot(lines: Sequence[str]) -> Snapshot:
    """Read what the guest's user space prints."""
    blocks: dict[int, GuestBlock] = {}
    size = 0
    for line in lines:
        words = line.split(" ")
        number = whole(words[1]) if len(words) > 1 else None
        if words[0] == "size" and len(words) > 1 and len(words[1]) <= 16:
            size = int(words[1], 16)
        elif words[0] == "block" and len(words) >= 4 and number is not None:
            blocks[number] = GuestBlock(words[2], words[3], " ".join(words[4:]))
    rest = "\n".join(line for line in lines if not line.startswith(("block ", "size ")))
    zones = parse_zoneinfo(rest)
    present = sum(zone.present for zone in zones)
    return Snapshot(size, blocks, present, sum(zone.managed or 0 for zone in zones), zones)


def step_parts(answers: Sequence[EventAnswer], steps: Sequence[GuestStep]) -> list[VerifiedPart]:
    """Compare event by event.

    After an event whose outcome is unknown the plan continues as if it was refused; where the
    guest did it, nothing after it can be compared.
    """
    parts: list[VerifiedPart] = []
    lost = False
    for number, (answer, step) in enumerate(zip(answers, steps, strict=True), 1):
        name = f"event {number}"
        if lost:
            why = "what the guest did before was not to be known"
            parts.append(VerifiedPart(name=name, verdict=Verdict.UNKNOWN, why=why))
        elif _is_open(answer, step):
            lost = _changed(step)
            did = "did it" if lost else "refused"
            why = f"{answer.text}: not to be known ({answer.why}); the guest {did}"
            parts.append(VerifiedPart(name=name, verdict=Verdict.EQUAL, why=why))
        else:
            planned, seen = list(_planned(answer, step)), list(_seen(answer, step))
            parts.append(compared(name, planned, seen, answer.text))
    return parts


def zones_part(
    after: AfterEvents, answers: Sequence[EventAnswer], steps: Sequence[GuestStep]
) -> VerifiedPart:
    """Compare the zones once all events have happened.

    Args:
        after: the machine as it was planned.
        answers: the events as they were planned.
        steps: the events in the guest; there is one at least.
    """
    name = "zones after the events"
    if any(_is_open(a, step) and _changed(step) for a, step in zip(answers, steps, strict=True)):
        why = "what the guest did was not to be known"
        return VerifiedPart(name=name, verdict=Verdict.UNKNOWN, why=why)
    planned = [
        f"node {z.nid} {z.name}: from {z.start_pfn}, spanned {z.spanned_pages}, "
        f"present {z.present_pages}"
        for z in after.zones
    ]
    seen = [
        f"node {z.nid} {z.name}: from {z.start_pfn}, spanned {z.spanned}, present {z.present}"
        for z in steps[-1].after.zones
        if z.spanned
    ]
    return compared(name, planned, seen, plural(len(seen), "zone"))


def _is_open(answer: EventAnswer, step: GuestStep) -> bool:
    """Return whether the plan leaves open what happens; that a range is refused is certain."""
    return answer.accepted is None or bool(answer.unsettled and step.errors)


def _changed(step: GuestStep) -> bool:
    return step.before.blocks != step.after.blocks or step.before.managed != step.after.managed


def _planned(answer: EventAnswer, step: GuestStep) -> Iterator[str]:
    if _is_write(answer):
        yield f"error: {(answer.error or 'none').partition(':')[0]}"
    size = step.after.size
    gone: set[int] = set()
    blocks: dict[int, str] = {}
    for run in answer.blocks:
        for number in range(run.start // size, run.end // size):
            if run.state == "gone":
                gone.add(number)
            else:
                blocks[number] = f"{run.state} {' '.join(run.valid_zones)}"
    yield from _lines(blocks, gone)
    yield f"present {answer.present_pages:+} pages, managed {answer.managed_pages:+}"


def _seen(answer: EventAnswer, step: GuestStep) -> Iterator[str]:
    if _is_write(answer):
        first = step.errors[0] if step.errors else "none"
        yield f"error: {next((e for text, e in _ERRNO.items() if text in first), first)}"
    before, after = step.before, step.after
    size = after.size
    changed = {
        n for n, block in after.blocks.items() if _state(before.blocks.get(n)) != _state(block)
    }
    named = {n for run in answer.blocks for n in range(run.start // size, run.end // size)}
    shown = sorted((changed | named) & after.blocks.keys())
    blocks = {n: f"{after.blocks[n].state} {after.blocks[n].zones}" for n in shown}
    yield from _lines(blocks, before.blocks.keys() - after.blocks.keys())
    more = after.present - before.present, after.managed - before.managed
    yield f"present {more[0]:+} pages, managed {more[1]:+}"


def _state(block: GuestBlock | None) -> str | None:
    """Return what an event changes; zones that an offline block could get follow from others."""
    return None if block is None else block.state


def _is_write(answer: EventAnswer) -> bool:
    return not answer.id


def _lines(blocks: dict[int, str], gone: set[int]) -> Iterator[str]:
    for number, text in sorted(blocks.items()):
        yield f"block {number}: {text}"
    for number in sorted(gone):
        yield f"block {number}: gone"
