"""What zones and ranges of RAM show about the architecture."""

from __future__ import annotations

import pytest

from srat_tool.base.architecture import (
    AARCH64,
    ARCHITECTURES,
    LOONGARCH64,
    RISCV64,
    X86_64,
    Architecture,
)
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, KIB, MIB
from srat_tool.observe.facts import BootLog, KernelAnswer, NodeRangeLine, ZoneLine
from srat_tool.plan.logged_layout import fits, fitting_architectures, has_zones_of, shows_layout


@pytest.mark.parametrize("arch", ARCHITECTURES, ids=lambda arch: arch.name)
def test_an_architecture_has_its_own_zones(arch: Architecture) -> None:
    """The first way in which its kernels are built has all of them."""
    assert arch.zone_lists[0] == tuple(zone.name for zone in arch.zones)
    lines = tuple(ZoneLine(zone.name, None) for zone in arch.zones)
    assert has_zones_of(arch, KernelAnswer(zones=lines, lists_all_zones=True))


def test_a_cut_list_of_zones_may_be_a_part_of_one() -> None:
    """Its first line is lost here; a whole list of these zones is not one of a PC."""
    zones = (ZoneLine("DMA", Span(4 * KIB, 16 * MIB)),)
    assert has_zones_of(X86_64, KernelAnswer(zones=zones))
    assert not has_zones_of(X86_64, KernelAnswer(zones=zones, lists_all_zones=True))


def test_an_empty_zone_of_a_vendor_says_nothing() -> None:
    """Kernels of some boards add one."""
    zones = tuple(ZoneLine(name, None) for name in ("DMA", "DMA32", "Normal", "ExtMem", "Device"))
    assert has_zones_of(AARCH64, KernelAnswer(zones=zones, lists_all_zones=True))


def test_ranges_are_of_whole_pages() -> None:
    """Those of loongarch64 have 16 KiB."""
    four, sixteen = (
        KernelAnswer(node_ranges=(NodeRangeLine(0, Span(2 * MIB, GIB + size)),))
        for size in (4 * KIB, 16 * KIB)
    )
    assert not fits(LOONGARCH64, four)
    assert fits(LOONGARCH64, sixteen)
    assert X86_64 not in fitting_architectures(BootLog(answer=sixteen))


def test_without_zones_and_ranges_every_architecture_fits() -> None:
    """Nothing is shown then."""
    assert not shows_layout(KernelAnswer())
    assert fitting_architectures(BootLog()) == list(ARCHITECTURES)


def _two_zones(*ram: Span, since: tuple[int, ...] = (4, 0)) -> list[Architecture]:
    zones = (ZoneLine("DMA32", ram[0]), ZoneLine("Normal", None))
    ranges = tuple(NodeRangeLine(0, span) for span in ram)
    answer = KernelAnswer(zones=zones, lists_all_zones=True, node_ranges=ranges)
    return fitting_architectures(BootLog(answer=answer, vintage=(since, (99, 0))))


def test_the_likeliest_architecture_is_first() -> None:
    """Devices between two ranges of RAM are those of loongarch64; from 5.5 on, arm64 is seldom
    built without ZONE_DMA, and riscv64 never has one."""
    assert _two_zones(Span(2 * MIB, 256 * MIB), Span(2 * GIB, 3 * GIB))[0] is LOONGARCH64
    assert _two_zones(Span(2 * GIB, 3 * GIB))[0] is AARCH64
    assert _two_zones(Span(2 * GIB, 3 * GIB), since=(5, 18))[0] is RISCV64
