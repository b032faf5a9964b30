"""The registry of architectures."""

from __future__ import annotations

import pytest

from srat_tool.base.architecture import (
    AARCH64,
    ARCHITECTURES,
    LOONGARCH64,
    X86_64,
    Architecture,
    ArchitectureError,
    architecture,
    by_processor_word,
    with_madt_type,
    with_srat_type,
)
from srat_tool.base.units import GIB, MIB


@pytest.mark.parametrize("arch", ARCHITECTURES, ids=lambda arch: arch.name)
def test_zones_rise(arch: Architecture) -> None:
    """Limits never fall from one zone to the next, and the last zone has none."""
    limits = [zone.limit for zone in arch.zones]
    assert limits[-1] is None
    assert sorted(limit or 0 for limit in limits[:-1]) == limits[:-1]


def test_x86_has_a_small_dma_zone() -> None:
    """DMA ends at 16 MiB and DMA32 at 4 GiB."""
    assert [zone.limit for zone in X86_64.zones] == [16 * MIB, 4 * GIB, None]


def test_no_two_rows_share_a_name_or_a_word() -> None:
    """Names, aliases and words for processors each lead to one row."""
    names = [name for row in ARCHITECTURES for name in (row.name, *row.aliases)]
    words = [word for word, _ in by_processor_word()]
    assert len(set(names)) == len(names)
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("arch", ARCHITECTURES, ids=lambda arch: arch.name)
def test_every_spelling_finds_its_row(arch: Architecture) -> None:
    """Names and aliases are taken in any case."""
    for name in (arch.name, *arch.aliases):
        assert architecture(name.upper()) is arch


def test_an_unknown_name_is_refused_with_those_that_are_known() -> None:
    """The message lists what can be typed."""
    with pytest.raises(ArchitectureError, match=r"vax.*x86_64, aarch64"):
        architecture("vax")


def test_structure_types_lead_to_the_rows_that_have_them() -> None:
    """GICC is arm64's; memory structures are on every architecture and so prove none."""
    assert with_srat_type(3) == (AARCH64,)
    assert with_srat_type(4) == (AARCH64,)
    assert with_srat_type(2) == (X86_64, LOONGARCH64)
    assert with_srat_type(1) == ()
    assert with_madt_type(11) == (AARCH64,)
    assert with_madt_type(9) == (X86_64,)
