"""Places where memory may be added later: hot-pluggable ranges of the SRAT, windows of the CEDT.

A window that meets several nodes is several places.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span, intersect
from srat_tool.base.units import MIB, U64, align_down, align_up
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.late_values import Window
from srat_tool.plan.outcome import Outcome
from srat_tool.tables.cedt import Cfmws

_WINDOW_UNIT = 256 * MIB


def windows(outcome: Outcome) -> tuple[Window, ...]:
    """Return them, those of the SRAT first, each in table order."""
    return (*_of_srat(outcome), *_of_cedt(outcome))


def target_node(outcome: Outcome, address: int) -> int | None:
    """Return the node of memory that appears at an address; None for none."""
    return outcome.planned_nodes.at(address)


def decoded_windows(outcome: Outcome) -> list[Span]:
    """Return the windows that cxl_acpi accepts: it requires whole units and known arithmetic."""
    return [
        span
        for entry, span in zip(cfmws_of(outcome.inputs), outcome.inputs.tables.windows, strict=True)
        if refusal(entry) is None
    ]


def cfmws_of(inputs: Inputs) -> tuple[Cfmws, ...]:
    """Return the windows of the CEDT in table order, as `tables.windows` has their addresses."""
    return () if inputs.cedt is None else inputs.cedt.windows


def refusal(window: Cfmws) -> str | None:
    """Return why cxl_acpi refuses a window; None when it does not."""
    if window.base_hpa % _WINDOW_UNIT:
        return "its base is not a multiple of 256 MiB"
    if window.window_size % _WINDOW_UNIT:
        return "its size is not a multiple of 256 MiB"
    if window.arithmetic not in (0, 1):
        return f"interleave arithmetic {window.arithmetic} is unknown"
    if window.ways is None or window.granularity_bytes is None:
        return "its interleave ways or granularity are reserved codes"
    if len(window.targets) < window.ways:
        return "it is shorter than its targets"
    return None


def _of_srat(outcome: Outcome) -> Iterator[Window]:
    used = outcome.numa.used == "srat"
    for index, entry in enumerate(outcome.inputs.srat_memory):
        span = Span(entry.base_address, entry.base_address + entry.range_length & U64)
        if not (entry.enabled and entry.hot_pluggable) or span.end <= span.start:
            continue
        pxm = outcome.inputs.domain_of(entry)
        nid = outcome.numa.pxms.nodes.get(pxm) if used else target_node(outcome, span.start)
        yield _window(outcome, ("srat", index), span, nid=nid, pxm=pxm)


def _of_cedt(outcome: Outcome) -> Iterator[Window]:
    named = {outcome.inputs.domain_of(entry) for entry in outcome.inputs.srat_memory}
    domains = {nid: pxm for pxm, nid in outcome.numa.pxms.nodes.items() if pxm in named}
    for index, span in enumerate(outcome.inputs.tables.windows):
        if span.end <= span.start:
            continue
        # What is in a window joins several nodes where there are several.
        for piece, nid in outcome.planned_nodes.within(span):
            pxm = None if nid is None else domains.get(nid)
            yield _window(outcome, ("cedt", index), piece, whole=span, nid=nid, pxm=pxm)


def _window(
    outcome: Outcome,
    place: tuple[str, int],
    span: Span,
    *,
    nid: int | None,
    pxm: int | None,
    whole: Span | None = None,
) -> Window:
    """Return a window, or a piece of one: memory blocks over its inner borders strand nothing."""
    block, ends = outcome.block_bytes, whole or span
    first = align_up(span.start, block) if span.start == ends.start else span.start
    end = align_down(span.end, block) if span.end == ends.end else span.end
    ram = [region.span for region in outcome.boot.memblock.memory.overlapping(*span)]
    return Window(
        source=place[0],
        number=place[1],
        span=span,
        nid=nid,
        pxm=pxm,
        ram_bytes=sum(part.size for part in intersect([span], ram)),
        aligned=span.start % block == 0 and span.end % block == 0,
        stranded_bytes=span.size - max(0, end - first),
    )
