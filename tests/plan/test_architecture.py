"""Which architecture a plan is for."""

from __future__ import annotations

import pytest

from srat_tool.base.architecture import AARCH64, X86_64, Architecture, ArchitectureError
from srat_tool.base.units import GIB
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.observe.facts import BootLog
from srat_tool.plan.architecture import choose_architecture
from srat_tool.tables.header import Header
from srat_tool.tables.madt import Madt, OtherController
from tests.machines import cpu, gicc, mem, srat

MEMORY = mem(0, 0, GIB)
ARM_LOG = BootLog(machine="aarch64")


def madt(*kinds: int) -> Madt:
    """Return a MADT with one structure of each kind."""
    header = Header(b"APIC", 44, 5, 0, b"", b"", 0, b"", 0)
    entries = tuple(OtherController(44, kind, 8, bytes(6)) for kind in kinds)
    return Madt(header=header, local_address=0, flags=0, entries=entries, size=44)


def test_what_is_asked_for_comes_before_the_tables() -> None:
    """An alias does as well as the name."""
    choice = choose_architecture("arm64", srat=srat(cpu(0, 0), MEMORY))
    assert choice == (AARCH64, None)


def test_a_log_of_another_architecture_contradicts_the_option() -> None:
    """Neither can be right silently."""
    with pytest.raises(ArchitectureError, match="got x86_64, expected aarch64"):
        choose_architecture("x86_64", ARM_LOG)
    assert choose_architecture("arm64", ARM_LOG).architecture is AARCH64


def test_the_log_comes_before_the_release_and_the_release_before_the_tables() -> None:
    """Each names one architecture."""
    arm = srat(gicc(0, 0), MEMORY)
    assert choose_architecture(None, ARM_LOG, "6.1.0-amd64").architecture is AARCH64
    assert choose_architecture(release="6.1.0-9-amd64", srat=arm).architecture is X86_64
    assert choose_architecture(release="6.1", srat=arm) == (AARCH64, None)


@pytest.mark.parametrize(("kind", "arch"), [(0, X86_64), (9, X86_64), (11, AARCH64), (15, AARCH64)])
def test_interrupt_controllers_decide_where_no_processor_structure_does(
    kind: int, arch: Architecture
) -> None:
    """A SRAT of memory alone has no architecture; the MADT has."""
    assert choose_architecture(srat=srat(MEMORY), madt=madt(kind)) == (arch, None)


def test_without_any_sign_the_first_row_is_assumed_aloud() -> None:
    """The reason goes with it."""
    choice = choose_architecture(srat=srat(MEMORY))
    assert choice.architecture is X86_64
    assert choice.assumed_because == "no processor structure in the tables"


def test_tables_of_two_architectures_are_an_assumption() -> None:
    """The first processor structure wins, aloud."""
    choice = choose_architecture(srat=srat(gicc(0, 0), cpu(0, 1), MEMORY))
    assert choice.architecture is AARCH64
    assert choice.assumed_because is not None
    assert "mix" in choice.assumed_because


@pytest.mark.parametrize("name", ["ppc64le", "s390x", "32-bit x86"])
def test_what_is_not_modelled_is_refused_by_name(name: str) -> None:
    """The message names the architecture of the kernel, and those that are modelled."""
    with pytest.raises(ArchitectureError, match=f"{name}, an .*x86_64, aarch64"):
        choose_architecture(log=BootLog(machine=name))


def test_tables_of_an_architecture_that_is_not_modelled_are_refused() -> None:
    """Itanium has interrupt controllers of its own."""
    with pytest.raises(ArchitectureError, match="processor structures of ia64"):
        choose_architecture(srat=srat(MEMORY), madt=madt(6, 7))


def test_a_release_of_an_architecture_that_is_not_modelled_is_refused() -> None:
    """The release alone names it."""
    with pytest.raises(ArchitectureError, match="a kernel for s390x"):
        choose_architecture(release="4.18.0-80.el8.s390x")


def layout(zones: str, ranges: str) -> str:
    """Return the end of a log: zones as `NAME FIRST LAST` or `NAME`, ranges as `FIRST LAST`."""
    lines = ["Zone ranges:"]
    for name, *span in map(str.split, zones.split(",")):
        lines.append(f"  {name} [mem 0x{span[0]}-0x{span[1]}]" if span else f"  {name} empty")
    lines += ["Movable zone start for each node", "Early memory node ranges"]
    lines += [f"  node 0: [mem 0x{a}-0x{b}]" for a, b in map(str.split, ranges.split(","))]
    return "\n".join([*lines, "Initmem setup node 0 [mem 0x1000-0x13fffffff]", ""])


PC = "DMA 1000 ffffff,DMA32 1000000 ffffffff,Normal 100000000 13fffffff,Device"
ARM = "DMA 40000000 ffffffff,DMA32,Normal 100000000 13fffffff,Device"


@pytest.mark.parametrize(
    ("zones", "ranges", "arch"),
    [
        (PC, "1000 9ffff,100000 13fffffff", X86_64),
        ("Normal 1000 13fffffff", "1000 9ffff,100000 13fffffff", X86_64),
        (ARM, "40000000 13fffffff", AARCH64),
        ("DMA 0 3fffffff,DMA32 40000000 ffffffff,Normal", "0 fbffffff", AARCH64),
        ("DMA 8000000000 80ffffffff,DMA32,Normal", "8000000000 80ffffffff", AARCH64),
    ],
)
def test_a_log_without_its_front_is_of_an_architecture_that_fits(
    zones: str, ranges: str, arch: Architecture
) -> None:
    """Zones end at limits that an architecture has, and the BIOS area of a PC is no RAM."""
    log = parse_boot_log(layout(zones, ranges))
    assert log.machine is None
    choice = choose_architecture(log=log)
    assert choice.architecture is arch
    assert choice.assumed_because


@pytest.mark.parametrize(
    ("zones", "ranges"),
    [
        ("Normal 0 3fffffffff,Device", "0 3fffffffff"),
        ("DMA 0 1fffffffff,DMA32,Normal", "0 1fffffffff"),
        ("DMA 0 7fffffff,Normal 80000000 1ffffffff", "0 1ffffffff"),
        ("DMA 0 ffffff,DMA32 1000000 ffffffff,Normal", "0 ffffffff"),
        ("Normal 8400000 3ffb0dfff", "8400000 3ffb0dfff"),
        (PC, "1000 13fffffff"),
    ],
    ids=["ppc64", "old ppc64", "s390x", "mips", "sparc64", "RAM in the BIOS area"],
)
def test_a_log_that_fits_no_modelled_architecture_is_refused(zones: str, ranges: str) -> None:
    """To plan it as a PC would drop its nodes and move its zones."""
    with pytest.raises(ArchitectureError, match="of no architecture that is modelled"):
        choose_architecture(log=parse_boot_log(layout(zones, ranges)))


def test_where_several_fit_all_are_named() -> None:
    """Kernels of riscv64 and loongarch64 are built with the same zones."""
    zones = "DMA32 80000000 ffffffff,Normal 100000000 13fffffff"
    choice = choose_architecture(log=parse_boot_log(layout(zones, "80000000 13fffffff")))
    assert "arm64, riscv64 or loongarch64" in str(choice.assumed_because)


def test_tables_and_a_log_of_different_architectures_are_refused() -> None:
    """One of them is of another machine."""
    log = parse_boot_log(layout(PC, "1000 9ffff,100000 13fffffff"))
    assert choose_architecture(log=log, srat=srat(cpu(0, 0), MEMORY)).architecture is X86_64
    with pytest.raises(ArchitectureError, match="got zones and RAM of x86-64, expected arm64"):
        choose_architecture(log=log, srat=srat(gicc(0, 0), MEMORY))


def test_an_e820_map_alone_may_be_of_a_32_bit_kernel() -> None:
    """It has no zone DMA32 after its zone DMA."""
    e820 = "BIOS-e820: [mem 0x0000000000000000-0x000000002fffffff] usable\n"
    text = e820 + layout("DMA 1000 ffffff,Normal 1000000 2fffffff", "1000 9efff,100000 2fffffff")
    with pytest.raises(ArchitectureError, match="of no architecture that is modelled"):
        choose_architecture(log=parse_boot_log(text))
