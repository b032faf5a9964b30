from srat_tool.base.units import GIB, MIB
from srat_tool.kernel.arch import AARCH64, X86_64


def test_zones_rise() -> None:
    """Limits never fall from one zone to the next, and the last zone has none."""
    for arch in (AARCH64, X86_64):
        limits = [zone.limit for zone in arch.zones]
        assert limits[-1] is None
        assert sorted(limit or 0 for limit in limits[:-1]) == limits[:-1]


def test_x86_has_a_small_dma_zone() -> None:
    """DMA ends at 16 MiB and DMA32 at 4 GiB."""
    assert [zone.limit for zone in X86_64.zones] == [16 * MIB, 4 * GIB, None]
