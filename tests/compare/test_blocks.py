"""A plan against the memory blocks of a running kernel."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.compare.blocks import block_parts
from srat_tool.compare.verified import Verdict
from srat_tool.observe.seen_blocks import SeenBlocks, SeenRun
from srat_tool.plan.plan import Plan
from tests.machines import cpu, mem, srat
from tests.plan.support import plan

B = 128 * MIB
MACHINE = srat(cpu(0, 0), cpu(1, 1), mem(0, 0, 5 * GIB), mem(1, 5 * GIB, 6 * GIB, hot=True))


def _seen(made: Plan, **changed: object) -> SeenBlocks:
    runs = tuple(
        SeenRun(Span(run.start, run.end), run.nid, True, run.zones if len(run.zones) == 1 else ())
        for run in made.blocks.runs
    )
    fields: dict[str, object] = {"source": "lsmem", "size": B, "runs": runs, **changed}
    return SeenBlocks(**fields)  # type: ignore[arg-type]


def test_blocks_as_planned() -> None:
    """Their size and their zones; what sysfs calls none is what the plan has in two zones."""
    made = plan(MACHINE)
    size, zones = block_parts(made, _seen(made), size_compared=False)
    assert (size.verdict, zones.verdict) == (Verdict.EQUAL, Verdict.EQUAL)
    assert zones.predicted[0] == "block 0: none"
    assert zones.why == "32 memory blocks"


def test_another_zone_is_a_difference() -> None:
    """The plan of another command line shows where."""
    made = plan(MACHINE, "nokaslr movable_node")
    (zones,) = block_parts(made, _seen(plan(MACHINE)), size_compared=True)
    assert zones.verdict is Verdict.DIFFERENT
    assert zones.at is not None
    assert zones.predicted[zones.at].endswith(": Movable")
    assert zones.seen[zones.at].endswith(": Normal")


def test_what_proves_nothing() -> None:
    """Blocks that are offline or were added, a size that differs, spans of zones."""
    made = plan(MACHINE)
    offline = tuple(run._replace(online=False) for run in _seen(made).runs)
    added = SeenRun(Span(64 * GIB, 65 * GIB), 1, True, ("Normal",))
    (unknown,) = block_parts(made, _seen(made, runs=(*offline, added)), size_compared=True)
    assert unknown.verdict is Verdict.UNKNOWN
    (size,) = block_parts(made, _seen(made, size=2 * B), size_compared=False)
    assert size.verdict is Verdict.DIFFERENT
    assert not list(block_parts(made, _seen(made, whole=False), size_compared=False))
