"""Memory that came or went since the boot."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.compare.since_boot import since_boot, zones_since
from srat_tool.compare.verified import Verdict
from srat_tool.observe.seen_blocks import SeenBlocks, SeenRun
from srat_tool.observe.zoneinfo import ZoneInfo
from srat_tool.plan.plan import Plan
from tests.compare.test_blocks import MACHINE
from tests.plan.support import plan

B = 128 * MIB
PAGES = B // 4096


def _runs(made: Plan) -> list[SeenRun]:
    return [
        SeenRun(Span(run.start, run.end), run.nid, True, run.zones if len(run.zones) == 1 else ())
        for run in made.blocks.runs
    ]


def _zones(made: Plan, **more: int) -> tuple[ZoneInfo, ...]:
    found = {(z.nid, z.name): z.present_pages for z in made.zones}
    for name, pages in more.items():
        key = int(name[-1]), name[:-1]
        found[key] = found.get(key, 0) + pages
    return tuple(ZoneInfo(nid, name, 9, pages, None, 1) for (nid, name), pages in found.items())


def test_nothing_changed() -> None:
    """There is nothing to take into account, nor where no source shows blocks."""
    made = plan(MACHINE)
    assert since_boot(made, SeenBlocks(source="sysfs", size=B, runs=tuple(_runs(made)))) is None
    assert since_boot(made, None) is None
    assert since_boot(made, SeenBlocks(source="zoneinfo", size=B, runs=(), whole=False)) is None
    assert since_boot(made, SeenBlocks(source="sysfs", size=2 * B, runs=())) is None


def test_a_dimm_that_came_is_counted() -> None:
    """Its pages are in the zone that its blocks show; its node has memory."""
    made = plan(MACHINE)
    dimm = SeenRun(Span(64 * GIB, 64 * GIB + 8 * B), 2, True, ("Movable",))
    since = since_boot(made, SeenBlocks(source="sysfs", size=B, runs=(*_runs(made), dimm)))
    assert since is not None
    assert (since.came, since.gone, since.with_memory) == (8, 0, {0, 1, 2})
    part = zones_since(since, _zones(made, Movable2=8 * PAGES))
    assert part.verdict is Verdict.EQUAL
    assert part.why == "pages of zones; since the boot 8 memory blocks came, 0 went"
    assert zones_since(since, _zones(made)).verdict is Verdict.DIFFERENT


@pytest.mark.parametrize("missing", [True, False])
def test_a_block_that_went_is_taken_off(missing: bool) -> None:
    """Offline, or not there at all."""
    made = plan(MACHINE)
    *runs, last = _runs(made)
    span = last.span
    runs.append(last._replace(span=Span(span.start, span.end - B)))
    if not missing:
        runs.append(last._replace(span=Span(span.end - B, span.end), online=False))
    since = since_boot(made, SeenBlocks(source="sysfs", size=B, runs=tuple(runs)))
    assert since is not None
    assert since.gone == 1
    part = zones_since(since, _zones(made, Normal1=-PAGES))
    assert part.verdict is Verdict.EQUAL


def test_a_block_without_its_zone_proves_nothing() -> None:
    """A listing shows blocks, and not all show zones."""
    made = plan(MACHINE)
    dimm = SeenRun(Span(64 * GIB, 64 * GIB + B), 1, True, None)
    since = since_boot(made, SeenBlocks(source="lsmem", size=B, runs=(*_runs(made), dimm)))
    assert since is not None
    assert since.with_memory is None
    assert zones_since(since, _zones(made)).verdict is Verdict.UNKNOWN
