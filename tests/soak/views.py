"""The inputs of a plan of a boot, and where the boot contradicts it.

`full`: the log with debug lines up to the kernel's answer; `ordinary`: the same without them;
`before`: no log, but tables, firmware map, release and command line; `after`: the full plan against
user space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.compare.reality import plan_of
from srat_tool.compare.regions import regions_part
from srat_tool.compare.running import zoneinfo_part
from srat_tool.compare.verified import Verdict, VerifiedPart, compared
from srat_tool.compare.verify import verify
from srat_tool.observe.memmap import read_memory_map
from srat_tool.observe.zoneinfo import parse_zoneinfo
from srat_tool.plan.machine import Machine
from srat_tool.plan.observed import Observed, observe
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan
from srat_tool.sources.found import Evidence, Role
from tests.fidelity import DEBUG_ONLY, MAP_LINE, STAMP
from tests.soak.guests import Booted

_MOVABLE = re.compile(r"^  Node (\d+): 0x([0-9a-f]+)$", re.MULTILINE)
# Without an e820 map: what the place of tables that an initrd brings decides, and the processors,
# which only the guest's MADT names.
_BEFORE_ELSEWHERE = frozenset({"srat", "numa", "movable", "distances"})
_NOT_ELSEWHERE = frozenset({"cpus"})
# What KASLR and EFI firmware decide by where they put things, which only a full log shows; where
# that decides about ZONE_MOVABLE, an alternative has to be right.
_BY_PLACES = frozenset({"memblock", "regions"})


class Difference(NamedTuple):
    """A part that differs, and the inputs of the plan."""

    view: str
    part: VerifiedPart

    @property
    def name(self) -> str:
        """The kind of difference: the view and the part."""
        return f"{self.view}-{self.part.name}"


def differences(booted: Booted) -> Iterator[Difference]:
    """Yield where plans contradict a boot, by view."""
    seen = _observe(booted, booted.log)
    planned = plan_of(booted.tables, seen)
    yield from _wrong("full", planned.plan, seen, booted)
    if booted.zoneinfo:
        yield from _after(planned.plan, booted)
    if booted.machine.arch.has_e820:
        ordinary = [line for line in booted.log.splitlines() if not DEBUG_ONLY.search(_bare(line))]
        told = _observe(booted, "\n".join(ordinary) + "\n")
        yield from _wrong("ordinary", plan_of(booted.tables, told).plan, seen, booted)
    before = _before(booted, seen)
    if before is not None:
        yield from _wrong("before", before, seen, booted)


def _observe(booted: Booted, log: str) -> Observed:
    evidence = [Evidence(Role.BOOT_LOG, "the boot's log", log.encode())]
    if booted.machine.arch.prints_command_line_late:
        words = booted.command_line.encode()
        evidence.append(Evidence(Role.COMMAND_LINE, "the boot's options", words))
    return observe(evidence)


def _before(booted: Booted, seen: Observed) -> Plan | None:
    """Plan without the log; None where the kernel printed no map to plan from."""
    lines = (_bare(line) for line in booted.log.splitlines())
    text = "\n".join(line for line in lines if MAP_LINE.match(line))
    if not text:
        return None
    machine = Machine(
        tables=booted.tables,
        memory_map=read_memory_map(text, where="the boot's log"),
        profile=seen.release,
        command_line=booted.command_line,
        arch=booted.machine.arch.name,
    )
    return make_plan(machine)


def _wrong(view: str, plan: Plan, seen: Observed, booted: Booted) -> Iterator[Difference]:
    """Yield the parts that differ.

    In the full view lines count too that were planned and never came, unless the kernel did not
    live to print them. Before a boot an alternative that has the start of ZONE_MOVABLE is right.
    """
    arch = booted.machine.arch
    if view != "full" and _in_alternatives(plan, booted.log):
        return
    whole = view == "full" and booted.end == "zones" and arch.has_e820
    bad = {Verdict.DIFFERENT, Verdict.UNKNOWN} if whole else {Verdict.DIFFERENT}
    regions = None if seen.log is None else regions_part(plan, seen.log)
    parts = (*verify(plan, seen).parts, *([] if regions is None else [regions]))
    for part in parts:
        judged = arch.has_e820 or part.name not in _NOT_ELSEWHERE
        if view == "before" and not arch.has_e820:
            judged = part.name in _BEFORE_ELSEWHERE
        elsewhere = booted.machine.hides_places
        if view != "full" and elsewhere and part.name in _BY_PLACES:
            judged = False
        if judged and part.verdict in bad:
            yield Difference(view, part)


def _in_alternatives(plan: Plan, log: str) -> bool:
    """Return whether only an alternative has where ZONE_MOVABLE began."""
    bare = "\n".join(_bare(line) for line in log.splitlines())
    want = sorted((int(nid), int(start, 16)) for nid, start in _MOVABLE.findall(bare))
    if sorted(plan.movable_start) == want:
        return False
    return any(sorted(one.movable_start) == want for one in plan.alternatives)


def _after(plan: Plan, booted: Booted) -> Iterator[Difference]:
    zones = zoneinfo_part(plan, parse_zoneinfo(booted.zoneinfo))
    offline = _blocks(plan, booted.offline)
    yield from (Difference("after", p) for p in (zones, offline) if p.verdict is Verdict.DIFFERENT)


def _blocks(plan: Plan, offline: dict[int, bool]) -> VerifiedPart:
    """Compare which memory blocks can go offline; what is only possible is not compared."""
    promised = {
        number: run.offline == "yes"
        for run in plan.blocks.runs
        if run.offline != "maybe"
        for number in range(run.start // plan.blocks.size, run.end // plan.blocks.size)
    }
    both = sorted(promised.keys() & offline.keys())
    words = {True: "can go offline", False: "cannot go offline"}
    mine, theirs = ([f"block {n} {words[known[n]]}" for n in both] for known in (promised, offline))
    return compared("blocks", mine, theirs, f"{len(both)} memory blocks")


def _bare(line: str) -> str:
    return STAMP.sub("", line)
