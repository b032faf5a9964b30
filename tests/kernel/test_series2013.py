"""The 2013 series against its own code: every field of every case, both variants."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import PAGE_SHIFT, PAGE_SIZE, U64
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.events import MovableStarts, NodeInitialized, NodeSetUp, NumaBlock, ZoneRanges
from srat_tool.kernel.memblock import MemblockRegion
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.series2013.boot import SeriesBoot, boot_series
from srat_tool.kernel.series2013.memory import SeriesMemblock
from srat_tool.kernel.series2013.page_tables import DirectMap
from tests.kernel.series2013.support import (
    INTENDED,
    V2_POSTED,
    GivenMap,
    log,
    placed,
    start,
    tables,
    with_room_for,
)
from tests.machines import mem
from tests.support import CORPUS

CASES = CORPUS / "series2013" / "cases.jsonl"
VARIANTS = {"v2-posted": V2_POSTED, "intended": INTENDED}
# The recorded memblock lines stop being kept beyond this many.
MAX_DEBUG_LINES = 60


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(first, end) for first, end in pairs)


def _direct_map(boot: Boot, memblock: SeriesMemblock, given: dict[str, Any]) -> DirectMap:
    if given["mode"] == "given":
        return GivenMap(boot, memblock, _spans(given["local_node"]), _spans(given["plain"]))
    base = given["brk_base"]
    brk = Span(base, base + given["brk_pages"] * PAGE_SIZE)
    return placed(boot, memblock, given["page_size"], brk)


def _boot(given: dict[str, Any], profile: KernelProfile) -> SeriesBoot:
    kernel = with_room_for(profile, given["pgdat_size"])
    boot, memblock = start(
        _spans(given["ram"]), _spans(given["reserved"]), " ".join(given["cmdline"]), kernel
    )
    entries = [
        mem(e["pxm"], e["base"], e["base"] + e["length"], hot=e["hot"], enabled=e["enabled"])
        for e in given["srat"]
    ]
    nodes = {int(pxm): nid for pxm, nid in given["pxm_to_node"].items()}
    assert profile.series is not None
    mapping = _direct_map(boot, memblock, given["page_tables"])
    return boot_series(boot, memblock, tables(entries, nodes), mapping, profile.series)


def _block(block: NumaBlock) -> dict[str, Any]:
    return {"start": block.start, "end": block.end, "node": block.nid, "hot": block.hot}


def _flagged(regions: Sequence[MemblockRegion]) -> list[dict[str, Any]]:
    return [{"start": r.base, "end": r.end, "node": r.nid, "flags": int(r.flags)} for r in regions]


def _triples(regions: Sequence[MemblockRegion]) -> list[list[Any]]:
    return [[r.base, r.end, r.nid] for r in regions]


def _before_panic(state: SeriesBoot) -> dict[str, Any]:
    options, debug = state.boot.options, state.memblock.messages
    return {
        "switch_on": options.movablecore_acpi,
        "stored_kernelcore_pages": options.kernelcore,
        "stored_movablecore_pages": options.movablecore,
        "max_pfn": state.boot.max_pfn,
        "srat_accepted": state.numa.used == "srat",
        "meminfo": [_block(block) for block in state.numa.info.blocks],
        "kernel_nodes": sorted(state.numa.info.kernel_nodes),
        "kernel_mask_stray_bit": bool(state.stray),
        "reserved_after_hot": _flagged(state.after_hot),
        "panic": state.panic,
        "warnings": 0,
        "log": list(log(state)),
        "memblock_log": debug if len(debug) <= MAX_DEBUG_LINES else None,
        "alloc_limit": state.memblock.current_limit,
    }


def _zones(state: SeriesBoot) -> dict[str, Any]:
    zones: dict[str, Any] = {str(nid): {} for nid in sorted(state.numa.info.online)}
    for zone in state.zones:
        zones[str(zone.nid)][zone.name] = {
            "start_pfn": zone.start,
            "spanned": zone.spanned,
            "present": zone.present,
        }
    return zones


def _nodes(state: SeriesBoot) -> dict[str, Any]:
    return {
        str(event.nid): {
            "node_start_pfn": event.span.start >> PAGE_SHIFT,
            "node_spanned": sum(z.spanned for z in state.zones if z.nid == event.nid) & U64,
            "node_present": event.present,
        }
        for event in state.boot.events
        if isinstance(event, NodeInitialized)
    }


def _node_data(state: SeriesBoot) -> dict[str, Any]:
    return {
        str(event.nid): {
            "address": event.node_data.start,
            "on_node": 64 if event.on_nid is None else event.on_nid,
        }
        for event in state.boot.events
        if isinstance(event, NodeSetUp) and event.node_data is not None
    }


def _movable(state: SeriesBoot) -> dict[str, Any]:
    """Return the starts in pages; the line shows them as addresses, 64 bits of them."""
    starts = next(e.starts for e in state.boot.events if isinstance(e, MovableStarts))
    zone = next(e.movable_zone for e in state.boot.events if isinstance(e, ZoneRanges))
    pfns = {str(nid): at >> PAGE_SHIFT for nid, at in starts}
    return {"zone_movable_pfn": pfns, "movable_zone": zone}


def _after_panic(state: SeriesBoot) -> dict[str, Any]:
    return {
        **_movable(state),
        "memory_nodes": [
            {"start": r.base, "end": r.end, "node": r.nid} for r in state.memblock.memory
        ],
        "node_data": _node_data(state),
        "reserved_before_free": _flagged(list(state.memblock.reserved)),
        "zones": _zones(state),
        "nodes": _nodes(state),
        "released": _triples(state.freed.released),
        "leaked": _triples(state.freed.leaked),
        "kept_local_node": _triples(state.freed.kept),
        "freed_pages": state.freed_pages,
    }


def _local_ranges(state: SeriesBoot) -> list[list[int]]:
    local: list[list[int]] = []
    for first, end, nid in sorted(state.direct_map.local):
        if local and local[-1][1:] == [first, nid]:
            local[-1][1] = end
        else:
            local.append([first, end, nid])
    return local


def _answer(state: SeriesBoot) -> dict[str, Any]:
    found = _before_panic(state)
    found["local_node_ranges"] = _local_ranges(state)
    found["brk_pages_used"] = state.direct_map.brk_pages_used
    return found if state.panic else found | _after_panic(state)


def _cases() -> Iterator[Any]:
    if not CASES.exists():
        reason = "the shared corpus does not lie beside the project"
        yield pytest.param({}, INTENDED, {}, marks=pytest.mark.skip(reason=reason))
        return
    for line in CASES.read_text().splitlines():
        case = json.loads(line)
        for name, profile in VARIANTS.items():
            given, expected = case["input"], case["expected"][name]
            yield pytest.param(given, profile, expected, id=f"{case['id']}-{name}")


@pytest.mark.corpus
@pytest.mark.parametrize(("given", "profile", "expected"), list(_cases()))
def test_every_field_is_what_the_original_code_said(
    given: dict[str, Any], profile: KernelProfile, expected: dict[str, Any]
) -> None:
    """Each recorded field of each case is reproduced, log lines to the letter."""
    found = _answer(_boot(given, profile))
    assert {key: found.get(key) for key in expected} == expected
