"""Trials of architectures whose boards have their own firmware: the tables go in by the initrd.

*Mirrors:* the header of the kernel's images as EFI programs (drivers/firmware/efi/libstub).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from srat_tool.base.architecture import (
    ARCHITECTURES,
    E820_ARCHITECTURE,
    Architecture,
    ArchitectureError,
)
from srat_tool.base.errors import PeerError
from srat_tool.base.rawtable import RawTable

_HEAD = 4096
_PE_OFFSET = 0x3C


def architecture_of_image(kernel: Path) -> Architecture | None:
    """Return the architecture of a kernel image; None when it is not an EFI program of a known one.

    Raises:
        PeerError: when it cannot be read.
    """
    try:
        with kernel.open("rb") as image:
            head = image.read(_HEAD)
    except OSError as error:
        raise PeerError((error.strerror or str(error)).lower(), where=str(kernel)) from error
    at = int.from_bytes(head[_PE_OFFSET : _PE_OFFSET + 4], "little")
    if head[at : at + 4] != b"PE\0\0":
        return None
    machine = int.from_bytes(head[at + 4 : at + 6], "little")
    return next((row for row in ARCHITECTURES if row.pe_machine == machine), None)


def trial_architecture(tables: Sequence[RawTable], kernel: Path) -> Architecture:
    """Return the architecture of tables and kernel.

    Tables without a processor structure are of the kernel's architecture; an image that does not
    declare one is x86-64, as images without the EFI stub are.

    Raises:
        ArchitectureError: when they are of two, or the kernel takes no tables.
        PeerError: when the image cannot be read.
    """
    from srat_tool.grammar.registry import first_table
    from srat_tool.plan.architecture import choose_architecture
    from srat_tool.tables.madt import Madt
    from srat_tool.tables.srat import Srat

    srat, madt = first_table(tables, Srat), first_table(tables, Madt)
    chosen = choose_architecture(srat=srat, madt=madt)
    booted = architecture_of_image(kernel) or E820_ARCHITECTURE
    arch = booted if chosen.assumed_because is not None else chosen.architecture
    if not arch.takes_tables:
        raise ArchitectureError(
            "kernels of this architecture take no tables from an initrd",
            got=f"tables of {arch.title}",
            hint="srattool qemu, whose command line has the topology made by QEMU",
        )
    if arch is not booted:
        raise ArchitectureError(
            "the kernel is of another architecture than the tables",
            where=str(kernel),
            got=booted.title,
            expected=arch.title,
            hint="--kernel-image with a kernel of the tables' architecture",
        )
    return arch


def check_firmware(arch: Architecture) -> None:
    """Look for the files of firmware that the board needs.

    Raises:
        PeerError: with what is missing.
    """
    for word in arch.board.firmware:
        path = word.rpartition("file=")[2]
        if path.startswith("/") and not Path(path).is_file():
            raise PeerError(
                "no such firmware", where=path, hint=f"apt install {Path(path).parts[-2]}"
            )
