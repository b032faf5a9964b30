"""What a boot path adds to early memory."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.plan.boot_path import (
    BootPath,
    boot_path,
    boot_services,
    initrd_places,
    low_top,
    moved_initrd,
    page_tables,
)
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.read_machine import read_machine
from srat_tool.tables.memmap import EfiRegion, MapEntry, MemoryMap, MemoryType
from tests.machines import boot, mem, srat
from tests.plan.support import machine

RAM = (MapEntry(0, 3 * GIB, MemoryType.RAM), MapEntry(4 * GIB, 6 * GIB, MemoryType.RAM))
FLASH = MapEntry(4 * GIB - (256 << 10), 4 * GIB, MemoryType.RESERVED)
TABLE = srat(mem(0, 0, 6 * GIB))
IMAGE = Span(16 * MIB, 80 * MIB)
PIECES = (Span(0x1000, 0x9F000), Span(MIB, 3 * GIB - (128 << 10)), Span(4 * GIB, 6 * GIB))


def told(
    *entries: MapEntry, efi: tuple[EfiRegion, ...] = (), boot_path: str | None = None
) -> Inputs:
    firmware_map = MemoryMap(entries=entries, efi=efi)
    return read_machine(machine(TABLE, memory_map=firmware_map, initrd=None, boot_path=boot_path))


@pytest.mark.parametrize(("inputs", "path"), [
    (told(*RAM), BootPath.BIOS),
    (told(*RAM, FLASH), BootPath.DIRECT),
    (told(*RAM, efi=(EfiRegion(Span(0, 4096), "Conventional", ("WB",)),)), BootPath.EFI),
    (told(*RAM, FLASH, boot_path="bios"), BootPath.BIOS),
])  # fmt: skip
def test_the_path_is_given_or_suggested_by_the_map(inputs: Inputs, path: BootPath) -> None:
    """QEMU's flash below 4 GiB is the sign of a kernel that QEMU loads."""
    assert boot_path(inputs) is path


def test_loaders_differ_about_the_second_2_gib() -> None:
    """GRUB and the EFI stub keep the initrd below 2 GiB, QEMU below 4 GiB."""
    memblock = boot().memblock
    by_grub = initrd_places(told(*RAM), memblock, MIB)
    by_qemu = initrd_places(told(*RAM, FLASH), memblock, MIB)
    assert by_grub is not None
    assert by_qemu is not None
    assert by_grub.usual == Span(2 * GIB - MIB, 2 * GIB)
    assert by_grub.others == (("QEMU loads", Span(3 * GIB - MIB, 3 * GIB)),)
    assert by_qemu.usual == Span(3 * GIB - MIB, 3 * GIB)


def test_low_ram_of_a_useful_size() -> None:
    """A sliver at the top is no place for an initrd."""
    assert low_top([Span(0, GIB), Span(2 * GIB, 2 * GIB + 4096)]) == GIB
    assert low_top([Span(5 * GIB, 6 * GIB)]) is None


def _tables(
    *options: str, image: Span | None = IMAGE, ram: tuple[Span, ...] = PIECES
) -> list[Span]:
    inputs, memblock = told(*RAM), boot(*options, ram=ram).memblock
    return [taken.span for taken in page_tables(inputs, memblock, [], image)]


def test_page_tables_are_at_the_top_where_the_image_has_no_room() -> None:
    """With movable_node memory is taken from below; an image elsewhere has room for them."""
    assert _tables() == [Span(6 * GIB - 8192, 6 * GIB)]
    assert _tables("movable_node") == []
    assert _tables(image=Span(5 * GIB, 5 * GIB + 64 * MIB)) == []
    assert _tables(image=None) == []


def test_boot_services_are_listed_or_assumed() -> None:
    """Without an EFI map they are below the end of low RAM, and that is an assumption."""
    services = EfiRegion(Span(GIB, 2 * GIB), "Boot Data", ("WB",))
    listed = told(*RAM, efi=(services,))
    assert [r.span for r in boot_services(listed, boot().memblock)] == [services.span]
    guessed = told(*RAM, boot_path="efi")
    assert [r.span.end for r in boot_services(guessed, boot().memblock)] == [3 * GIB]
    assert "EFI boot services" in [a.what for a in guessed.assumptions]
    assert boot_services(told(*RAM), boot().memblock) == []


def test_an_initrd_outside_of_ram_is_moved_to_the_top() -> None:
    """Options of the kernel can take away the memory that a loader used."""
    memblock = boot().memblock
    assert moved_initrd(memblock, Span(GIB, GIB + MIB)) is None
    assert moved_initrd(memblock, Span(3 * GIB, 3 * GIB + MIB)) == Span(6 * GIB - MIB, 6 * GIB)
