"""The 2013 series against its own code: every field of every case, both variants."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import PAGE_SIZE
from srat_tool.kernel.memblock import MemblockRegion
from srat_tool.kernel.series2013.boot import (
    GivenTables,
    PlacedTables,
    SeriesBoot,
    SeriesInput,
    boot,
)
from srat_tool.kernel.series2013.meminfo import Block, Entry
from srat_tool.kernel.series2013.variant import INTENDED, V2_POSTED, SeriesVariant
from tests.support import CORPUS

CASES = CORPUS / "series2013" / "cases.jsonl"
VARIANTS = {"v2-posted": V2_POSTED, "intended": INTENDED}
# The recorded memblock lines stop being kept beyond this many.
MOST_DEBUG_LINES = 60


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _tables(given: dict[str, Any]) -> GivenTables | PlacedTables:
    if given["mode"] == "given":
        return GivenTables(local_node=_spans(given["local_node"]), plain=_spans(given["plain"]))
    base = given["brk_base"]
    return PlacedTables(
        page_size=given["page_size"], brk=Span(base, base + given["brk_pages"] * PAGE_SIZE)
    )


def _machine(given: dict[str, Any]) -> SeriesInput:
    return SeriesInput(
        ram=_spans(given["ram"]),
        reserved=_spans(given["reserved"]),
        pxm_to_node={int(pxm): nid for pxm, nid in given["pxm_to_node"].items()},
        entries=tuple(Entry(**entry) for entry in given["srat"]),
        options=tuple(given["cmdline"]),
        tables=_tables(given["page_tables"]),
        pgdat_size=given["pgdat_size"],
    )


def _block(block: Block) -> dict[str, Any]:
    return {"start": block.start, "end": block.end, "node": block.nid, "hot": block.hot}


def _flagged(regions: Sequence[MemblockRegion]) -> list[dict[str, Any]]:
    return [{"start": r.base, "end": r.end, "node": r.nid, "flags": int(r.flags)} for r in regions]


def _triples(regions: Sequence[MemblockRegion]) -> list[list[Any]]:
    return [[r.base, r.end, r.nid] for r in regions]


def _zones(state: SeriesBoot) -> dict[str, Any]:
    return {
        str(nid): {
            zone.name: {
                "start_pfn": zone.start_pfn,
                "spanned": zone.spanned,
                "present": zone.present,
            }
            for zone in node.zones
        }
        for nid, node in state.nodes.items()
    }


def _before_panic(state: SeriesBoot) -> dict[str, Any]:
    return {
        "switch_on": state.options.switch_on,
        "stored_kernelcore_pages": state.options.kernelcore,
        "stored_movablecore_pages": state.options.movablecore,
        "max_pfn": state.max_pfn,
        "srat_accepted": state.meminfo.rejected is None,
        "meminfo": [_block(block) for block in state.meminfo.blocks],
        "kernel_nodes": list(state.kernel.because),
        "kernel_mask_stray_bit": bool(state.kernel.stray),
        "reserved_after_hot": _flagged(state.after_hot),
        "panic": state.panic,
        "warnings": 0,
        "log": state.log,
        "memblock_log": state.debug if len(state.debug) <= MOST_DEBUG_LINES else None,
        "alloc_limit": state.alloc_limit,
    }


def _joined(state: SeriesBoot) -> list[list[int]]:
    local: list[list[int]] = []
    for start, end, nid in sorted(state.local_tables):
        if local and local[-1][1:] == [start, nid]:
            local[-1][1] = end
        else:
            local.append([start, end, nid])
    return local


def _after_panic(state: SeriesBoot) -> dict[str, Any]:
    return {
        "memory_nodes": [
            {"start": r.base, "end": r.end, "node": r.nid} for r in state.memory_nodes
        ],
        "node_data": {
            str(nid): {
                "address": data.start,
                "on_node": 64 if data.on_node is None else data.on_node,
            }
            for nid, data in state.node_data.items()
        },
        "reserved_before_free": _flagged(state.before_free),
        "zone_movable_pfn": {str(nid): pfn for nid, pfn in sorted(state.zones.movable_pfn.items())},
        "movable_zone": state.zones.movable_zone,
        "zones": _zones(state),
        "nodes": {
            str(nid): {
                "node_start_pfn": node.start_pfn,
                "node_spanned": node.spanned,
                "node_present": node.present,
            }
            for nid, node in state.nodes.items()
        },
        "released": _triples(state.freed.released),
        "leaked": _triples(state.freed.leaked),
        "kept_local_node": _triples(state.freed.kept),
        "freed_pages": state.freed_pages,
    }


def _answer(state: SeriesBoot) -> dict[str, Any]:
    found = _before_panic(state)
    if state.placed:
        found["local_node_ranges"] = _joined(state)
        found["brk_pages_used"] = state.placed.brk_pages_used
    return found if state.panic else found | _after_panic(state)


def _cases() -> Iterator[Any]:
    if not CASES.exists():
        reason = "the shared corpus does not lie beside the project"
        yield pytest.param({}, INTENDED, {}, marks=pytest.mark.skip(reason=reason))
        return
    for line in CASES.read_text().splitlines():
        case = json.loads(line)
        for name, variant in VARIANTS.items():
            given, expected = case["input"], case["expected"][name]
            yield pytest.param(given, variant, expected, id=f"{case['id']}-{name}")


@pytest.mark.corpus
@pytest.mark.parametrize(("given", "variant", "expected"), list(_cases()))
def test_every_field_is_what_the_original_code_said(
    given: dict[str, Any], variant: SeriesVariant, expected: dict[str, Any]
) -> None:
    """Each recorded field of each case is reproduced, log lines to the letter."""
    found = _answer(boot(_machine(given), variant))
    assert {key: found.get(key) for key in expected} == expected
