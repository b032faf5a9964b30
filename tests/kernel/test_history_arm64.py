"""The rows of arm64."""

from __future__ import annotations

from srat_tool.base.architecture import AARCH64
from srat_tool.kernel.history_arm64 import HISTORY
from srat_tool.kernel.profile import MirrorMarks
from srat_tool.kernel.profiles import profile_for


def test_the_history_reads_from_old_to_new() -> None:
    """Rows are in the order of their releases."""
    assert [p.since for p in HISTORY] == sorted(p.since for p in HISTORY)


def test_late_5_10_has_one_dma_zone_on_arm64() -> None:
    """The change is in 5.10.y; sections became small in 5.12 only."""
    arch = profile_for("5.10.0-32-cloud-arm64", AARCH64).arch
    assert [zone.name for zone in arch.zones] == ["DMA", "DMA32", "Normal"]
    assert arch.section_bytes == 1 << 30


def test_rows_add_up_of_their_own_series() -> None:
    """What 5.10.y took over is in 5.11 only as far as mainline had it."""
    assert profile_for("5.10.262", AARCH64).drops_start_past_end
    assert not profile_for("5.11.22", AARCH64).drops_start_past_end
    assert profile_for("5.18", AARCH64).drops_start_past_end


def test_mirrored_memory_is_known_from_6_0_on() -> None:
    """Before, arm64 did not look for it."""
    assert profile_for("5.19", AARCH64).mirror_marks is MirrorMarks.NEVER
    assert profile_for("6.0", AARCH64).mirror_marks is MirrorMarks.WITH_KERNELCORE
    assert profile_for("6.12", AARCH64).mirror_marks is MirrorMarks.WITH_KERNELCORE
