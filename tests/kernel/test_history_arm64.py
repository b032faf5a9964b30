"""The rows of arm64."""

from __future__ import annotations

from srat_tool.base.architecture import AARCH64
from srat_tool.kernel.history_arm64 import HISTORY
from srat_tool.kernel.profiles import profile_for


def test_the_history_reads_from_old_to_new() -> None:
    """Rows are in the order of their releases."""
    assert [p.since for p in HISTORY] == sorted(p.since for p in HISTORY)


def test_late_5_10_has_one_dma_zone_on_arm64() -> None:
    """The change is in 5.10.y; sections became small in 5.12 only."""
    arch = profile_for("5.10.0-32-cloud-arm64", AARCH64).arch
    assert [zone.name for zone in arch.zones] == ["DMA", "DMA32", "Normal"]
    assert arch.section_bytes == 1 << 30
