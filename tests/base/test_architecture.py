"""The registry of architectures."""

from __future__ import annotations

import pytest

from srat_tool.base.architecture import (
    AARCH64,
    ARCHITECTURES,
    LOONGARCH64,
    UNMODELLED,
    X86_64,
    Architecture,
    ArchitectureError,
    architecture,
    by_processor_word,
    name_in,
    unmodelled_by_lines,
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
    assert not {row.name for row in ARCHITECTURES} & {row.name for row in UNMODELLED}


@pytest.mark.parametrize("arch", ARCHITECTURES, ids=lambda arch: arch.name)
def test_every_spelling_finds_its_row(arch: Architecture) -> None:
    """Names and aliases are taken in any case; a release that ends in one names it."""
    for name in (arch.name, *arch.aliases):
        assert architecture(name.upper()) is arch
        assert name_in(f"6.12.1-1-{name}") == arch.name


def test_an_unknown_name_is_refused_with_those_that_are_known() -> None:
    """The message lists what can be typed."""
    with pytest.raises(ArchitectureError, match=r"vax.*x86_64, aarch64"):
        architecture("vax")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("3.10.0-327.28.3.el7.x86_64", "x86_64"),
        ("3.10.0-586.el7.x86_64", "x86_64"),
        ("6.1.0-56-cloud-amd64", "x86_64"),
        ("6.2.9-300.fc38.aarch64", "aarch64"),
        ("4.19.0-9-powerpc64le", "ppc64le"),
        ("4.18.0-80.el8.s390x", "s390x"),
        ("5.10.0-8-686-pae", "32-bit x86"),
        ("2.6.18-194.el5PAE", "32-bit x86"),
        ("4.9.0-12-686", "32-bit x86"),
        ("5.10.103-v7l+", "32-bit Arm"),
        ("6.1.0-9-armmp-lpae", "32-bit Arm"),
        ("3.2.0-4-itanium", "ia64"),
        ("6.1.0-10-5kc-malta", None),
        ("5.4.0-686-generic", None),
        ("5.3.0-rc7", None),
        ("Linux version 6.2.0 (me@charm64x) (gcc 12)", None),
        ("Linux version 6.2.0 (me@x) (x86_64-linux-gnu-gcc-12)", "x86_64"),
    ],
)
def test_a_release_names_an_architecture_by_whole_words(text: str, name: str | None) -> None:
    """Modelled or not; what is only part of a word names nothing."""
    assert name_in(text) == name


def test_32_bit_x86_is_known_by_its_line_about_low_memory() -> None:
    """Its kernels have low and high memory, and no 64-bit kernel prints that."""
    assert unmodelled_by_lines(["1891MB HIGHMEM available.", "887MB LOWMEM available."])
    assert unmodelled_by_lines(["Zone ranges:"]) is None


def test_structure_types_lead_to_the_rows_that_have_them() -> None:
    """GICC is arm64's; memory is everybody's and so tells nothing."""
    assert with_srat_type(3) == (AARCH64,)
    assert with_srat_type(4) == (AARCH64,)
    assert with_srat_type(2) == (X86_64, LOONGARCH64)
    assert with_srat_type(1) == ()
    assert with_madt_type(11) == (AARCH64,)
    assert with_madt_type(9) == (X86_64,)
