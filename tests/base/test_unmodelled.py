"""Architectures by the names that kernels print."""

from __future__ import annotations

import pytest

from srat_tool.base.architecture import ARCHITECTURES, Architecture
from srat_tool.base.unmodelled import UNMODELLED, name_in, unmodelled_by_lines


def test_what_is_refused_is_not_modelled() -> None:
    """No name is in both tables."""
    assert not {row.name for row in ARCHITECTURES} & {row.name for row in UNMODELLED}


@pytest.mark.parametrize("arch", ARCHITECTURES, ids=lambda arch: arch.name)
def test_a_release_that_ends_in_a_name_names_it(arch: Architecture) -> None:
    """Aliases too."""
    for name in (arch.name, *arch.aliases):
        assert name_in(f"6.12.1-1-{name}") == arch.name


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


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Using pSeries machine description", "ppc64"),
        ("radix-mmu: Mapped 0x0-0x2600000 with 2.00 MiB pages (exec)", "ppc64"),
        ("setup: Linux is running under KVM in 64-bit mode", "s390x"),
        ("887MB LOWMEM available.", "32-bit x86"),
        ("Partition configured for 16 cpus.", "ppc64"),
        ("numa: Initmem setup node 0 [mem 0x00000000-0x1fffffffff]", "ppc64"),
        ("Number of logical nodes in system = 2", "ia64"),
        ("Determined physical RAM map:", "mips"),
        ("Top of RAM[0x3ffb0e000], Total RAM[0x3f7e3e000]", "sparc64"),
        ("CPU: ARMv7 Processor [414fc0f0] revision 0 (ARMv7), cr=10c5387d", "32-bit Arm"),
        ("HighMem  [mem 0x00000000377fe000-0x00000000bffdffff]", "a machine of 32 bits"),
        ("Zone ranges:", None),
    ],
)
def test_lines_that_only_one_kind_of_kernel_prints(line: str, name: str | None) -> None:
    """They name an architecture where no release does."""
    assert unmodelled_by_lines(["Linux version 5.15.0", line]) == name


def test_an_e820_map_leaves_only_x86() -> None:
    """A line of a program that looks like one of another kernel proves nothing then."""
    lines = ["EEH: nothing", "HighMem  empty"]
    assert unmodelled_by_lines(lines) == "ppc64"
    assert unmodelled_by_lines(lines, e820=True) == "a machine of 32 bits"


def test_a_host_of_the_name_of_an_architecture_is_none() -> None:
    """The compiler's triple shows it."""
    assert name_in("Linux version 6.1.0 (root@arc) (gcc 12) #1 SMP") is None
    assert name_in("Linux version 6.1.0 (root@b) (arc-linux-gnu-gcc 12) #1") == "arc"
