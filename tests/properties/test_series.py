"""What must hold for the 2013 series on every machine."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srat_tool.base.span import Span, intersect, union
from srat_tool.base.units import GIB, MIB, PAGE_SIZE, align_up
from srat_tool.kernel.memblock import SeriesFlags
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan
from srat_tool.plan.series2013.hot_ranges import series_hot_ranges
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from srat_tool.tables.srat import MemoryAffinity
from tests.machines import Q4, mem, srat
from tests.plan.series import series_machine, series_run

Shape = list[tuple[int, bool, int]]
LIGHT = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def _shapes(unit: int, most: int) -> st.SearchStrategy[Shape]:
    """Blocks above 4 GiB: node, mark, and size in multiples of a unit."""
    size = st.integers(1, most).map(lambda count: count * unit)
    return st.lists(st.tuples(st.integers(0, 3), st.booleans(), size), max_size=8)


WHOLE = _shapes(128 * MIB, 24)
PAGES = _shapes(PAGE_SIZE, 1 << 20).map(
    lambda shape: [(nid, hot, max(size, 8 * MIB)) for nid, hot, size in shape]
)


def _entries(shape: Shape) -> list[MemoryAffinity]:
    entries = [mem(0, 0, 2 * GIB)]
    at = 4 * GIB
    for nid, hot, size in shape:
        entries.append(mem(nid, at, at + size, hot=hot))
        at += size
    return entries


def _map(shape: Shape) -> MemoryMap:
    end = 4 * GIB + sum(size for _, _, size in shape)
    ram = [*Q4[:2], *([Span(4 * GIB, end)] if shape else [])]
    return MemoryMap(entries=tuple(MapEntry(*span, MemoryType.RAM) for span in ram))


def _series(shape: Shape, cmdline: str = "movablecore=acpi") -> Plan:
    table = srat(*_entries(shape))
    return make_plan(series_machine(table, cmdline, memory_map=_map(shape)))


def _mainline(shape: Shape) -> Plan:
    table = srat(*_entries(shape))
    return make_plan(series_machine(table, "nokaslr movable_node", "6.1", memory_map=_map(shape)))


def _size(spans: Iterable[Span]) -> int:
    return sum(span.size for span in spans)


@LIGHT
@given(WHOLE | PAGES, st.sampled_from(["4K", "2M", "1G"]))
def test_no_range_is_both_hotpluggable_and_node_local(shape: Shape, page_size: str) -> None:
    """Each reserved region has one flag at most, and regions do not overlap."""
    table = srat(*_entries(shape))
    run = series_run(table, memory_map=_map(shape), direct_map=page_size)
    both = SeriesFlags.HOTPLUGGABLE | SeriesFlags.LOCAL_NODE
    regions = list(run.boot.memblock.reserved)
    assert all(region.flags != both for region in regions)
    assert _size(r.span for r in regions) == _size(union(r.span for r in regions))


@LIGHT
@given(WHOLE | PAGES, st.integers(0, 3), st.integers(0, 8 * GIB))
def test_every_byte_of_a_hot_range_has_one_verdict(shape: Shape, nid: int, beyond: int) -> None:
    """The judged parts of an entry follow each other without gap or overlap."""
    entries = _entries(shape)
    end = 4 * GIB + sum(size for _, _, size in shape)
    entries.append(mem(nid, end - min(MIB, beyond), end + beyond, hot=True))
    run = series_run(srat(*entries), memory_map=_map(shape))
    parts: dict[int | None, list[Span]] = {}
    for hot in series_hot_ranges(run):
        parts.setdefault(hot.offset, []).append(Span(hot.start, hot.end))
    for entry in run.inputs.srat_memory:
        if entry.hot_pluggable and entry.range_length:
            whole = Span(entry.base_address, entry.base_address + entry.range_length)
            mine = parts[entry.offset]
            assert union(mine) == [whole]
            assert _size(mine) == whole.size


@LIGHT
@given(WHOLE | PAGES)
def test_kernel_nodes_lose_nothing_to_zone_movable(shape: Shape) -> None:
    """A node in which the kernel resides has kernel zones only."""
    made = _series(shape)
    kernel = {node.nid for node in made.nodes if node.kernel_node}
    assert 0 in kernel
    assert not [zone for zone in made.zones if zone.nid in kernel and zone.name == "Movable"]


@LIGHT
@given(WHOLE | PAGES, st.sampled_from(["movablecore=acpi", "", "kernelcore=3G movablecore=1G"]))
def test_page_counts_add_up_to_the_memory_map(shape: Shape, cmdline: str) -> None:
    """Present pages of all zones are the pages of RAM; sizes may add phantom pages on old kernels.

    Linux: a start that is rounded past its node's end leaves pages that do not exist.
    """
    made = _series(shape, cmdline)
    ram = sum(region.end - region.start for region in made.memory) // PAGE_SIZE
    present = sum(zone.present_pages for zone in made.zones)
    assert present == ram


@LIGHT
@given(WHOLE)
def test_whole_blocks_make_the_zones_that_movable_node_makes(shape: Shape) -> None:
    """With 128 MiB blocks nothing is left of the differences but marks, tables and log lines."""
    assert _series(shape).zones == _mainline(shape).zones


@LIGHT
@given(PAGES)
def test_starts_differ_from_movable_node_by_its_rounding_only(shape: Shape) -> None:
    """Mainline rounds the same start up to 4 MiB, and drops one that passes the node's end."""
    made = _series(shape)
    series = {start.nid: start.start for start in made.movable_start}
    mainline = {start.nid: start.start for start in _mainline(shape).movable_start}
    ends = {node.nid: max(span.end for span in node.ranges) for node in made.nodes}
    for nid, start in series.items():
        rounded = align_up(start, 4 * MIB)
        assert mainline.get(nid) == (rounded if rounded < ends[nid] else None)
    assert mainline.keys() <= series.keys()


@LIGHT
@given(WHOLE | PAGES)
def test_what_is_reserved_is_freed_or_leaks_or_is_kept(shape: Shape) -> None:
    """Every byte of every HOTPLUGGABLE or node-local reservation is in exactly one account."""
    table = srat(*_entries(shape))
    state = series_run(table, memory_map=_map(shape)).state
    flagged = [region.span for region in state.memblock.reserved if region.flags]
    accounts = [
        *(region.span for region in state.freed.released),
        *(region.span for region in state.freed.leaked),
        *(region.span for region in state.freed.kept),
    ]
    assert _size(flagged) == _size(accounts)
    assert _size(intersect(flagged, accounts)) == _size(flagged)
