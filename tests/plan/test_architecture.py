"""Which architecture a plan is for."""

from __future__ import annotations

import pytest

from srat_tool.base.architecture import AARCH64, X86_64, Architecture, ArchitectureError
from srat_tool.base.units import GIB
from srat_tool.plan.architecture import choose_architecture
from srat_tool.tables.header import Header
from srat_tool.tables.madt import Madt, OtherController
from tests.machines import cpu, gicc, mem, srat

MEMORY = mem(0, 0, GIB)


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
        choose_architecture("x86_64", "aarch64")
    assert choose_architecture("arm64", "aarch64").architecture is AARCH64


def test_the_log_comes_before_the_release_and_the_release_before_the_tables() -> None:
    """Each names one architecture."""
    arm = srat(gicc(0, 0), MEMORY)
    assert choose_architecture(None, "aarch64", "6.1.0-amd64").architecture is AARCH64
    assert choose_architecture(None, None, "6.1.0-9-amd64", arm).architecture is X86_64
    assert choose_architecture(None, None, "6.1", arm) == (AARCH64, None)


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
    """The message says what a kernel was of, and what is modelled."""
    with pytest.raises(ArchitectureError, match=f"{name}, an .*x86_64, aarch64"):
        choose_architecture(logged=name)


def test_tables_of_an_architecture_that_is_not_modelled_are_refused() -> None:
    """Itanium has interrupt controllers of its own."""
    with pytest.raises(ArchitectureError, match="processor structures of ia64"):
        choose_architecture(srat=srat(MEMORY), madt=madt(6, 7))


def test_a_release_of_an_architecture_that_is_not_modelled_is_refused() -> None:
    """The release alone names it."""
    with pytest.raises(ArchitectureError, match="a kernel for s390x"):
        choose_architecture(release="4.18.0-80.el8.s390x")
