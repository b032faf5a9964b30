"""What memory that is added after boot will join.

*Mirrors:* arch/x86/mm/init_64.c `probe_memory_block_size`, since 3.15; mm/memory_hotplug.c
`zone_for_pfn_range`, since 5.10.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from srat_tool.base.numerals import whole
from srat_tool.base.span import PfnSpan, Span
from srat_tool.base.units import GIB, MIB
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.profile import BlockSizeRule
from srat_tool.kernel.zones import MOVABLE, Zone

MAX_BLOCK = 2 * GIB
"""Largest memory block of x86-64."""
_LARGE_MACHINE = 64 * GIB
_MIN_ADVICE = 256 * MIB
_DEFAULT_RATIO = 301
# struct page has 64 bytes.
_PAGES_PER_DESCRIPTION = 64
_BARE_METAL_RULES = (BlockSizeRule.BARE_METAL_LARGEST, BlockSizeRule.WINDOW_ADVICE)


def probe_memory_block_size(boot: Boot, *, virtual: bool, windows: Iterable[Span] = ()) -> int:
    """Return the unit in which memory is added, in bytes.

    Args:
        boot: the boot, its RAM known.
        virtual: the processors report a hypervisor.
        windows: CXL fixed memory windows.
    """
    smallest = boot.profile.arch.section_bytes
    end = boot.max_pfn << boot.page_shift
    rule = boot.profile.block_size
    if rule is BlockSizeRule.SECTION or end < _LARGE_MACHINE:
        return smallest
    if rule is BlockSizeRule.LARGEST or _is_large(boot, rule):
        return MAX_BLOCK
    advice = _advice(windows) if rule is BlockSizeRule.WINDOW_ADVICE else None
    if rule in _BARE_METAL_RULES and not virtual and advice is None:
        return MAX_BLOCK
    size = min(MAX_BLOCK, advice or MAX_BLOCK)
    while size > smallest and end % size:
        size >>= 1
    return size


def _is_large(boot: Boot, rule: BlockSizeRule) -> bool:
    """Return whether pages that may be handed out, without their descriptions, make 64 GiB."""
    if rule is not BlockSizeRule.LARGEST_BY_SIZE:
        return False
    ram = sum(region.size for region in boot.memblock.memory)
    return ram - ram // _PAGES_PER_DESCRIPTION >= _LARGE_MACHINE


def _advice(windows: Iterable[Span]) -> int | None:
    """Return the alignment of the least aligned window; None without windows."""
    sizes = []
    for window in windows:
        edges = window.start | window.end
        lowest = edges & -edges
        if lowest >= _MIN_ADVICE:
            sizes.append(lowest)
    return min(sizes, default=None)


class OnlineState(NamedTuple):
    """What decides about the zone of added memory: all zones at boot."""

    boot: Boot
    zones: Sequence[Zone]


def online_zone(state: OnlineState, nid: int, pages: PfnSpan) -> str:
    """Return the zone that `online` gives to a range on a node."""
    boot = state.boot
    if boot.profile.auto_movable and _policy(boot) == "auto-movable":
        return _auto_movable_zone_for_pfn(state, nid, pages)
    mine = [zone for zone in state.zones if zone.nid == nid]
    kernel = _default_kernel_zone_for_pfn(boot, mine, pages)
    in_kernel = any(zone.name == kernel and _meets(zone, pages) for zone in mine)
    in_movable = any(zone.name == MOVABLE and _meets(zone, pages) for zone in mine)
    if in_kernel != in_movable:
        return kernel if in_kernel else MOVABLE
    return MOVABLE if boot.options.movable_node else kernel


def _policy(boot: Boot) -> str | None:
    return boot.options.last("memory_hotplug.online_policy")


def _meets(zone: Zone, pages: PfnSpan) -> bool:
    return zone.start < pages.end and pages.start < zone.start + zone.spanned


def _default_kernel_zone_for_pfn(boot: Boot, mine: Sequence[Zone], pages: PfnSpan) -> str:
    low = [zone.name for zone in boot.profile.arch.zones[:-1]]
    for zone in mine:
        if zone.name in low and _meets(zone, pages):
            return zone.name
    return boot.profile.arch.zones[-1].name


def _auto_movable_zone_for_pfn(state: OnlineState, nid: int, pages: PfnSpan) -> str:
    """Keep ZONE_MOVABLE within a ratio of the kernel zones' pages at boot."""
    mine = [zone for zone in state.zones if zone.nid == nid]
    groups: list[Sequence[Zone]] = [state.zones]
    if state.boot.options.last("memory_hotplug.auto_movable_numa_aware") not in ("0", "N", "n"):
        groups.append(mine)
    text = state.boot.options.last("memory_hotplug.auto_movable_ratio") or ""
    asked = whole(text)
    ratio = _DEFAULT_RATIO if asked is None else asked
    for zones in groups:
        movable = sum(zone.present for zone in zones if zone.name == MOVABLE)
        kernel = sum(zone.present for zone in zones if zone.name != MOVABLE)
        if movable + pages.pages > ratio * kernel // 100:
            return _default_kernel_zone_for_pfn(state.boot, mine, pages)
    return MOVABLE
