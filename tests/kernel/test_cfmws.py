from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.kernel.acpi_numa import ProximityMap
from srat_tool.kernel.cfmws import acpi_parse_cfmws, numa_fill_memblks
from srat_tool.kernel.events import NumaBlock
from srat_tool.kernel.numa_meminfo import NumaInfo
from srat_tool.kernel.printk import log_lines
from tests.machines import boot


def test_windows_become_nodes_behind_those_of_the_srat() -> None:
    """On 6.1 with a block of their own, on 7.2 on the reserved list only, on 5.10 not at all."""
    window = Span(8 * GIB, 12 * GIB)
    for kernel, blocks, reserved, parsed in (
        ("6.1", 1, 0, {1}), ("7.2", 0, 1, {1}), ("5.10", 0, 0, set()),
    ):  # fmt: skip
        info = NumaInfo()
        acpi_parse_cfmws(boot(kernel=kernel), ProximityMap(64, {3: 0}), info, [window])
        assert (len(info.blocks), len(info.reserved), info.parsed) == (blocks, reserved, parsed)


def test_early_windows_are_looked_up_by_their_first_byte() -> None:
    """Before 6.1.63 and 6.7 a window that begins outside all ranges is a node, overlap or not."""
    for kernel, nodes in (("5.16", 2), ("6.1.62", 2), ("6.1.63", 1)):
        info = NumaInfo(blocks=[NumaBlock(5 * GIB, 6 * GIB, 0)])
        pxms = ProximityMap(64, {0: 0})
        acpi_parse_cfmws(boot(kernel=kernel), pxms, info, [Span(4 * GIB, 8 * GIB)])
        assert len(pxms.nodes) == nodes
        inside = [Span(5 * GIB, 8 * GIB)]
        acpi_parse_cfmws(boot(kernel=kernel), pxms, info, inside)
        assert len(pxms.nodes) == nodes


def test_an_empty_window_uses_up_a_node() -> None:
    """Its range is left out, its number is not."""
    info, pxms = NumaInfo(), ProximityMap(64, {0: 0})
    acpi_parse_cfmws(boot(), pxms, info, [Span(GIB, GIB), Span(8 * GIB, 9 * GIB)])
    assert pxms.nodes == {0: 0, 1: 1, 2: 2}
    assert [block.nid for block in info.blocks] == [2]


def test_a_wrapping_window_is_complained_about() -> None:
    """And uses up a node all the same."""
    one, info = boot(kernel="7.2"), NumaInfo()
    acpi_parse_cfmws(one, ProximityMap(64), info, [Span((1 << 64) - GIB, GIB)])
    assert log_lines(one.events, one.profile) == (
        "Warning: invalid memblk node 0 [mem 0xffffffffc0000000-0x3fffffff]",
    )


def test_windows_end_where_nodes_do() -> None:
    """The rest of them is dropped, the SRAT stays."""
    one, info = boot(), NumaInfo()
    acpi_parse_cfmws(one, ProximityMap(1024, {1023: 0}), info, [Span(0, GIB), Span(GIB, 2 * GIB)])
    assert log_lines(one.events, one.profile) == (
        "ACPI NUMA: Too many proximity domains while processing CFMWS.",
    )
    assert not info.blocks


def test_blocks_are_stretched_over_a_window() -> None:
    """Gaps go to the higher block; the outer ones reach the window's ends.

    blocks    [3 ]   [4   ]     window [5G, 9G), 3 = [4G, 5.5G), 4 = [8G, 10G)
    """
    half = GIB // 2
    info = NumaInfo(blocks=[NumaBlock(8 * GIB, 10 * GIB, 4), NumaBlock(4 * GIB, 5 * GIB + half, 3)])
    assert numa_fill_memblks(boot(), info, Span(5 * GIB, 9 * GIB))
    assert [(b.start, b.end) for b in info.blocks] == [
        (5 * GIB + half, 10 * GIB),
        (4 * GIB, 5 * GIB + half),
    ]
    assert not numa_fill_memblks(boot(), info, Span(20 * GIB, 21 * GIB))


def _filled(kernel: str, blocks: list[tuple[int, int, int]], window: tuple[int, int]) -> object:
    info = NumaInfo(blocks=[NumaBlock(a * GIB, b * GIB, nid) for a, b, nid in blocks])
    found = numa_fill_memblks(boot(kernel=kernel), info, Span(window[0] * GIB, window[1] * GIB))
    return found and [(b.start // GIB, b.end // GIB) for b in info.blocks]


def test_a_gap_begins_where_all_blocks_before_it_have_ended() -> None:
    """Not where the last of them ends: a block may lie inside another."""
    blocks = [(0, 10, 0), (1, 2, 0), (12, 13, 1)]
    assert _filled("6.12", blocks, (0, 20)) == [(0, 10), (1, 2), (10, 20)]


def test_the_first_version_stretches_a_block_that_only_touches_the_window() -> None:
    """Since it was mended such a window is a node of its own."""
    blocks = [(8, 9, 0)]
    assert _filled("6.6.2", blocks, (4, 8)) == [(4, 9)]
    assert _filled("6.6.19", blocks, (4, 8)) is False


def test_the_first_version_confuses_blocks_that_begin_4_gib_apart() -> None:
    """They are equal to it, and two equal ones change places: both are stretched the wrong way."""
    blocks = [(4, 6, 0), (8, 10, 1)]
    assert _filled("6.1.79", blocks, (4, 12)) == [(4, 12), (4, 10)]
    assert _filled("6.1.80", blocks, (4, 12)) == [(4, 6), (6, 12)]


def test_on_arm64_a_window_takes_its_ram_from_the_srat() -> None:
    """The SRAT is not asked from 6.1.63 on; before, every window was skipped."""
    for kernel, nodes in (("6.1.62", [0]), ("6.1.63", [0, 1]), ("6.6", [0, 1])):
        one, info = boot(machine="aarch64", kernel=kernel), NumaInfo()
        info.add_memblk(one, 0, Span(0, 6 * GIB))
        acpi_parse_cfmws(one, ProximityMap(16, {0: 0}), info, [Span(4 * GIB, 5 * GIB)])
        assert [block.nid for block in info.blocks] == nodes
