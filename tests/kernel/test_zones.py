import pytest

from srat_tool.base.architecture import AARCH64, X86_64
from srat_tool.base.span import Pfn, PfnSpan, Span
from srat_tool.base.units import GIB, MIB, PAGE_SIZE
from srat_tool.kernel.memblock import MemblockFlags
from srat_tool.kernel.numa_init import AcpiTables, numa_init
from srat_tool.kernel.zone_policy import NodeMemory, Placement
from srat_tool.kernel.zones import Zone, aligned, free_area_init, zone_limits
from srat_tool.tables.srat import MemoryAffinity, Srat
from tests.kernel.series2013.support import run
from tests.machines import boot, mem, srat

FLAT = srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB))
LOW = [Zone(0, "DMA", 1, 4095, 3998), Zone(0, "DMA32", 4096, 520159, 520159)]


def zones(table: Srat, cmdline: str, kernel: str = "6.1") -> list[Zone]:
    one = boot(cmdline, kernel=kernel)
    result = numa_init(one, AcpiTables(srat=table))
    return list(free_area_init(one, sorted(result.info.possible)))


def test_limits() -> None:
    """Each zone begins where the one before ends; RAM above 4 GiB makes Normal the movable one."""
    limits = zone_limits(X86_64, Span(0x1000, 6 * GIB))
    assert [tuple(span) for span in limits.spans] == [
        (1, 0x1000),
        (0x1000, 1 << 20),
        (1 << 20, 0x180000),
    ]
    assert limits.movable == 2
    assert zone_limits(X86_64, Span(0x1000, 2 * GIB)).movable == 1


def test_limits_that_ram_does_not_reach() -> None:
    """Before 3.19 DMA32 ends at 4 GiB in any case, and Normal is empty after it."""
    limits = zone_limits(X86_64, Span(0x1000, 2 * GIB), caps=False)
    assert [tuple(span) for span in limits.spans] == [
        (1, 0x1000),
        (0x1000, 1 << 20),
        (1 << 20, 1 << 20),
    ]
    assert limits.movable == 1


def test_arm64_limits() -> None:
    """The first zone takes the 32-bit space, or everything where RAM begins above it."""
    limits = zone_limits(AARCH64, Span(GIB, 8 * GIB))
    assert [bool(span) for span in limits.spans] == [True, False, True]
    assert zone_limits(AARCH64, Span(8 * GIB, 9 * GIB)).movable == 0


def test_without_options_nothing_is_movable() -> None:
    """Kernel zones hold all pages."""
    assert zones(FLAT, "") == [*LOW, Zone(1, "Normal", 1 << 20, 524288, 524288)]


@pytest.mark.parametrize(("cmdline", "start"), [
    ("kernelcore=1G", 0x100000), ("kernelcore=50%", 0x100400), ("kernelcore=3G", 0x140400),
    ("movablecore=1G", 0x140000), ("movablecore=30%", 0x133000), ("movablecore=3584M", 0x100000),
    ("kernelcore=10% movablecore=1G", 0x140000), ("kernelcore=1G kernelcore=3G", 0x140400),
    ("kernelcore=mirror", 0x100000),
])  # fmt: skip
def test_sizes_on_a_two_node_guest(cmdline: str, start: int) -> None:
    """Figures of booted kernels (6.1)."""
    movable = [zone for zone in zones(FLAT, cmdline) if zone.name == "Movable"]
    assert [(zone.nid, zone.start) for zone in movable] == [(1, start)]


@pytest.mark.parametrize("cmdline", ["kernelcore=150%", "kernelcore=64G", "movablecore=acpi"])
def test_options_that_ask_for_nothing(cmdline: str) -> None:
    """All memory, more than all, or none."""
    assert zones(FLAT, cmdline) == zones(FLAT, "")


def test_hot_boundaries_are_rounded_up() -> None:
    """1 MiB below 5 GiB becomes 5 GiB; the memory between stays in a kernel zone."""
    table = srat(
        mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 5 * GIB - MIB), mem(1, 5 * GIB - MIB, 6 * GIB, hot=True)
    )
    assert zones(table, "movable_node")[2:] == [
        Zone(1, "Normal", 1 << 20, 262144, 262144),
        Zone(1, "Movable", 0x140000, 262144, 262144),
    ]


def test_everything_above_the_lowest_hot_page_is_movable() -> None:
    """Hot or not, and across the borders of kernel zones."""
    table = srat(
        mem(0, 0, GIB // 2), mem(1, GIB // 2, 3 * GIB // 2, hot=True),
        mem(0, 3 * GIB // 2, 2 * GIB), mem(0, 4 * GIB, 5 * GIB), mem(1, 5 * GIB, 6 * GIB),
    )  # fmt: skip
    assert zones(table, "movable_node")[-1] == Zone(1, "Movable", 131072, 1441792, 524288)


def test_a_page_cut_in_two_belongs_to_nobody() -> None:
    """The border at 4 GiB + 0x1234 costs a page."""
    at = 4 * GIB + 0x1234
    table = srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, at), mem(1, at, 6 * GIB, hot=True))
    assert zones(table, "movable_node")[2:] == [
        Zone(1, "Normal", 1 << 20, 1024, 1023),
        Zone(1, "Movable", 1049600, 523264, 523264),
    ]


def test_mirrored_memory_overlaps_and_is_counted_once() -> None:
    """Normal keeps the mirrored pages, Movable the others, where both span."""
    one = boot(
        "kernelcore=mirror", ram=(Span(0x1000, 2 * GIB), Span(4 * GIB, 8 * GIB)), reserved=()
    )
    one.memblock.mark_mirror(0, 2 * GIB)
    one.memblock.mark_mirror(6 * GIB, GIB)
    table = srat(mem(0, 0, 2 * GIB), mem(0, 4 * GIB, 6 * GIB), mem(1, 6 * GIB, 8 * GIB))
    result = numa_init(one, AcpiTables(srat=table))
    assert any(region.flags & MemblockFlags.MIRROR for region in one.memblock.memory)
    found = free_area_init(one, sorted(result.info.possible))
    assert [zone for zone in found if zone.start >= 1 << 20] == [
        Zone(0, "Movable", 0x100000, 524288, 524288),
        Zone(1, "Normal", 0x180000, 524288, 262144),
        Zone(1, "Movable", 0x1C0000, 262144, 262144),
    ]


def series(top: int, *entries: MemoryAffinity, cmdline: str = "movablecore=acpi") -> list[Zone]:
    """Return the zones above 4 GiB of a kernel with the 2013 series."""
    ram = [Span(0x1000, 2 * GIB), *([Span(4 * GIB, top)] if top else [])]
    state = run([mem(0, 0, 2 * GIB), *entries], ram, cmdline)
    return [zone for zone in state.zones if zone.nid]


PAGES = GIB // PAGE_SIZE


def test_first_zone_below_all_ram() -> None:
    """Uncapped, ZONE_DMA ends at 16 MiB even where RAM begins above."""
    limits = zone_limits(X86_64, Span(20 * MIB, 2 * GIB), caps=False)
    assert [tuple(span) for span in limits.spans[:2]] == [(0x1400, 0x1000), (0x1000, 1 << 20)]


def test_a_start_in_the_middle_of_a_node_cuts_its_kernel_zone() -> None:
    """Everything above it is movable, hot or not."""
    low, hot, high = ((at * GIB, (at + 1) * GIB) for at in (4, 5, 6))
    assert series(7 * GIB, mem(1, *low), mem(1, *hot, hot=True), mem(1, *high)) == [
        Zone(1, "Normal", 4 * PAGES, PAGES, PAGES),
        Zone(1, "Movable", 5 * PAGES, 2 * PAGES, 2 * PAGES),
    ]


def test_a_start_below_the_nodes_ram_costs_present_pages() -> None:
    """Absent pages are counted from the start, though the zone begins where RAM does."""
    found = series(8 * GIB, mem(1, 3 * GIB, 8 * GIB, hot=True))
    assert found == [Zone(1, "Movable", 4 * PAGES, 4 * PAGES, 3 * PAGES)]


@pytest.mark.parametrize("kernel", ["3.10", "4.17"])
def test_start_past_the_end_leaves_phantom_pages(kernel: str) -> None:
    """Rounding past the end of a node spans nothing but is counted as present."""
    ram = (Span(0x1000, 2 * GIB), Span(4 * GIB, 5 * GIB + MIB))
    one = boot("kernelcore=3146240K", kernel=kernel, ram=ram)
    result = numa_init(one, AcpiTables(srat=srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB))))
    found = free_area_init(one, sorted(result.info.possible))
    assert found[-1] == Zone(1, "Movable", 0, 0, 3 * MIB // PAGE_SIZE)


def test_sizes_beyond_all_memory_wrap() -> None:
    """3.10 does not limit the size: what the kernel is to keep becomes an absurd number."""
    found = series(8 * GIB, mem(1, 4 * GIB, 8 * GIB), cmdline="movablecore=64G")
    assert [zone.name for zone in found if zone.spanned] == ["Normal"]


def test_mirrored_memory_does_not_overlap_from_7_3_on() -> None:
    """Normal ends where Movable begins, and pages count wherever they are."""
    one = boot(
        "kernelcore=mirror",
        kernel="7.3",
        ram=(Span(0x1000, 2 * GIB), Span(4 * GIB, 8 * GIB)),
        reserved=(),
    )
    one.memblock.mark_mirror(0, 2 * GIB)
    one.memblock.mark_mirror(7 * GIB, GIB)
    table = srat(mem(0, 0, 2 * GIB), mem(0, 4 * GIB, 6 * GIB), mem(1, 6 * GIB, 8 * GIB))
    result = numa_init(one, AcpiTables(srat=table))
    found = free_area_init(one, sorted(result.info.possible))
    assert [zone for zone in found if zone.start >= 1 << 20] == [
        Zone(0, "Movable", 0x100000, 524288, 524288),
        Zone(1, "Movable", 0x180000, 524288, 524288),
    ]


def test_page_frames_have_the_size_of_the_architecture() -> None:
    """Limits, node ranges and zones of loongarch64 count pages of 16 KiB."""
    one = boot(kernel="7.2", machine="loongarch64", ram=(Span(0, GIB), Span(4 * GIB, 5 * GIB)))
    numa_init(one, AcpiTables(srat=srat(mem(0, 0, 5 * GIB))))
    zones = free_area_init(one, [0])
    assert [(zone.name, zone.start, zone.spanned, zone.present) for zone in zones] == [
        ("DMA32", 0, 0x40000, 0x10000),
        ("Normal", 0x40000, 0x10000, 0x10000),
    ]


@pytest.mark.parametrize(
    ("kernel", "pages", "stays"), [("5.11", 0, True), ("6.1", 0, False), ("6.1", 1, True)]
)
def test_a_start_at_the_end_of_its_node_is_past_it(kernel: str, pages: int, stays: bool) -> None:
    """It is dropped since 5.18; a page before the end there is memory for ZONE_MOVABLE."""
    end = Pfn(0x40000)
    node = NodeMemory(0, (PfnSpan(Pfn(0x100), Pfn(end + pages)),), (False,))
    found = aligned(boot(kernel=kernel), Placement({0: end}), [node])
    assert found == ({0: end} if stays else {})
