"""CXL fixed memory windows, which make nodes for memory that no SRAT range names.

*Mirrors:* drivers/acpi/numa/srat.c `acpi_parse_cfmws`, mm/numa_memblks.c `numa_fill_memblks`,
since 5.16.
"""

from __future__ import annotations

from collections.abc import Iterable

from srat_tool.base.span import Span
from srat_tool.base.units import int32
from srat_tool.kernel.acpi_numa import ProximityMap
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.events import NumaBlock, WindowJoined, WindowNode
from srat_tool.kernel.heapsort import heapsort
from srat_tool.kernel.numa_meminfo import NumaInfo
from srat_tool.kernel.profile import WindowRule
from srat_tool.kernel.table_events import TooManyProximityDomains


def acpi_parse_cfmws(
    boot: Boot, pxms: ProximityMap, info: NumaInfo, windows: Iterable[Span]
) -> None:
    """Go over the windows in table order; each joins the blocks it overlaps or becomes a node."""
    if boot.profile.windows is WindowRule.IGNORED:
        return
    fake_pxm = max(pxms.nodes, default=-1) + 1
    for window in windows:
        if _is_known(boot, info, window):
            continue
        node = pxms.map_pxm_to_node(fake_pxm)
        if node is None:
            boot.say(TooManyProximityDomains(fake_pxm, "window", None))
            return
        _add(boot, info, node, window)
        if boot.profile.windows_are_parsed:
            info.parsed.add(node)
        boot.say(WindowNode(node, fake_pxm, window))
        fake_pxm += 1


def _is_known(boot: Boot, info: NumaInfo, window: Span) -> bool:
    """Return whether the SRAT names a window already.

    Linux: before windows stretched ranges, `phys_to_target_node` looked up their first byte; the
    `numa_fill_memblks` that any architecture has without one of its own never finds a range.
    """
    if boot.profile.windows is WindowRule.OWN_NODE:
        return False
    if boot.profile.windows_fill:
        return numa_fill_memblks(boot, info, window)
    blocks = (*info.blocks, *info.reserved)
    return any(block.start <= window.start < block.end for block in blocks)


def _add(boot: Boot, info: NumaInfo, node: int, window: Span) -> None:
    if boot.profile.windows is WindowRule.RESERVED_LIST and window.end > window.start:
        info.reserved.append(NumaBlock(window.start, window.end, node))
    else:
        info.add_memblk(boot, node, window)


def numa_fill_memblks(boot: Boot, info: NumaInfo, window: Span) -> bool:
    """Stretch the blocks that overlap a window until they cover it; False when none does.

    blocks    [AA]     [BB]         window  |------------|
    after   [AAAA][BBBBBBBB]
    """
    blocks = info.blocks
    order = _touched(boot, info, window)
    if not order:
        return False
    first, last = order[0], order[-1]
    blocks[first] = blocks[first]._replace(start=min(blocks[first].start, window.start))
    blocks[last] = blocks[last]._replace(end=max(blocks[last].end, window.end))
    filled = blocks[first].end
    for index in order[1:]:
        if filled < blocks[index].start:
            blocks[index] = blocks[index]._replace(start=filled)
        filled = max(filled, blocks[index].end)
    boot.say(WindowJoined(window, tuple(blocks[index].nid for index in order)))
    return True


def _touched(boot: Boot, info: NumaInfo, window: Span) -> list[int]:
    """Return the indexes of the blocks that a window overlaps, in the order of their starts.

    Linux: until both were fixed, a block that begins where the window ends counted as well, and
    starts were compared by the lower 32 bits of their difference.
    """
    blocks = info.blocks
    if not boot.profile.windows_fill_roughly:
        touched = [i for i, block in enumerate(blocks) if block.span.overlaps(window)]
        return sorted(touched, key=lambda i: (blocks[i].start, blocks[i].end, i))
    touched = [
        i
        for i, block in enumerate(blocks)
        if window.start < block.end and window.end >= block.start
    ]
    heapsort(touched, lambda a, b: int32(blocks[a].start - blocks[b].start))
    return touched
