"""Events after the boot, against what a guest did."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.compare.steps import GuestStep, Snapshot, parse_snapshot, step_parts, zones_part
from srat_tool.compare.verified import Verdict
from srat_tool.kernel.hotplug.mhp_range import MappableRange
from srat_tool.plan.after_zones import nothing_after_zones
from srat_tool.plan.event_values import BlocksAfter, EventAnswer
from srat_tool.plan.plan import AfterEvents, ZonePlan

B = 128 << 20
EVERYTHING = Span(0, 1 << 46)
ANYWHERE = MappableRange(EVERYTHING, EVERYTHING, EVERYTHING, "", "")
BEFORE = """\
size 8000000
block 0 0 online none
block 1 0 online Normal
Node 0, zone   Normal
        spanned  65536
        present  65536
        managed  60000
  start_pfn:           0
""".splitlines()
AFTER = [
    *BEFORE[:3],
    "block 64 1 online Movable",
    *BEFORE[3:],
    "Node 1, zone Movable",
    *("  spanned 32768", "  present 32768", "  managed 32768", "  start_pfn: 2097152"),
]


def _answer(**changed: object) -> EventAnswer:
    fields: dict[str, object] = {
        "text": "dimm:8G+128M,pxm=1", "id": "d0", "accepted": True, "error": None, "nid": 1,
        "why": "", "blocks": (BlocksAfter(64 * B, 65 * B, "online", "Movable", ("Movable",)),),
        "memmap": None, "present_pages": 32768, "managed_pages": 32768, "removable": "yes",
        "because": "", **changed,
    }  # fmt: skip
    return EventAnswer(**fields)  # type: ignore[arg-type]


def _snapshots() -> tuple[Snapshot, Snapshot]:
    return parse_snapshot(BEFORE), parse_snapshot(AFTER)


def test_an_event_that_went_as_planned() -> None:
    """The new block with its zone, and both counts of pages."""
    (part,) = step_parts([_answer()], [GuestStep(*_snapshots())])
    assert part.verdict is Verdict.EQUAL
    assert part.predicted == (
        "block 64: online Movable",
        "present +32768 pages, managed +32768",
    )


def test_another_zone_and_a_block_too_few_are_differences() -> None:
    """So is memory that counts and is not managed."""
    before, after = _snapshots()
    wrong = BlocksAfter(64 * B, 65 * B, "online", "Normal", ("Normal",))
    for answer in (_answer(blocks=(wrong,)), _answer(blocks=()), _answer(managed_pages=1)):
        (part,) = step_parts([answer], [GuestStep(before, after)])
        assert part.verdict is Verdict.DIFFERENT


def test_errors_of_state_files() -> None:
    """Compared by their names; an event of a device has none."""
    before, _ = _snapshots()
    refused = _answer(
        id="", text="offline:0+128M", accepted=False, error="EINVAL", present_pages=0,
        managed_pages=0, blocks=(BlocksAfter(0, B, "online", None, ("none",)),),
    )  # fmt: skip
    said = ("rc 1 sh: write error: Invalid argument",)
    (part,) = step_parts([refused], [GuestStep(before, before, said)])
    assert part.verdict is Verdict.EQUAL
    (other,) = step_parts([refused], [GuestStep(before, before)])
    assert other.verdict is Verdict.DIFFERENT


def test_after_what_could_not_be_known_nothing_is_compared() -> None:
    """Unless the guest refused, as the plan takes it."""
    before, after = _snapshots()
    open_ = _answer(accepted=None, why="Normal is a kernel zone")
    done = step_parts([open_, _answer()], [GuestStep(before, after), GuestStep(after, after)])
    assert [part.verdict for part in done] == [Verdict.EQUAL, Verdict.UNKNOWN]
    kept = step_parts([open_, _answer()], [GuestStep(before, before), GuestStep(before, after)])
    assert [part.verdict for part in kept] == [Verdict.EQUAL, Verdict.EQUAL]


def test_a_refused_range_may_leave_open_what_becomes_of_its_other_blocks() -> None:
    """That it is refused is certain: a guest that takes all of it differs."""
    before, after = _snapshots()
    open_ = _answer(id="", accepted=False, error="EBUSY", blocks=(), unsettled="a kernel zone")
    (part,) = step_parts([open_], [GuestStep(before, after, ("rc 1 sh: write error: busy",))])
    assert part.verdict is Verdict.EQUAL
    (other,) = step_parts([open_], [GuestStep(before, after)])
    assert other.verdict is Verdict.DIFFERENT


def test_zones_after_all_events() -> None:
    """Start, span and pages of each; nothing is compared where the guest's actions are unknown."""
    before, after = _snapshots()
    zones = (
        ZonePlan(0, "Normal", 0, 65536, 65536, 65536),
        ZonePlan(1, "Movable", 2097152, 2129920, 32768, 32768),
    )
    planned = AfterEvents(
        zones=zones, nodes_online=(0, 1), mappable=ANYWHERE, late=nothing_after_zones("")
    )
    steps = [GuestStep(before, after)]
    assert zones_part(planned, [_answer()], steps).verdict is Verdict.EQUAL
    short = AfterEvents(
        zones=zones[:1], nodes_online=(0,), mappable=ANYWHERE, late=nothing_after_zones("")
    )
    assert zones_part(short, [_answer()], steps).verdict is Verdict.DIFFERENT
    assert zones_part(planned, [_answer(accepted=None)], steps).verdict is Verdict.UNKNOWN
