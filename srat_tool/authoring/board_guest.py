"""A guest on a board with its own firmware: every architecture without an e820 map.

Its RAM is one range, which begins where the board has it; where there is a device window, the part
after the window begins at `_AFTER_WINDOW`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from srat_tool.base.architecture import Architecture
from srat_tool.base.errors import SpecError
from srat_tool.base.span import Span, union
from srat_tool.base.units import GIB, MIB, align_up, exact_size

# LoongArch's virt board.
_AFTER_WINDOW = 2 * GIB
_LEAST_RAM = 512 * MIB
_PRINTING = ("ignore_loglevel", "memblock=debug", "efi=debug", "panic=-1", "nokaslr")


class BoardGuest(NamedTuple):
    """What QEMU is asked for.

    Attributes:
        argv: QEMU and its options; the kernel, its initrd and a serial line are to follow.
        options: the kernel's, which print everything that it decides early.
    """

    argv: tuple[str, ...]
    options: tuple[str, ...]


def board_guest(arch: Architecture, ram: Iterable[Span]) -> BoardGuest:
    """Return the guest that has the RAM.

    Raises:
        SpecError: when the board has RAM elsewhere, or firmware needs more.
    """
    spans = union(ram)
    size = align_up(sum(span.size for span in spans), MIB)
    there = board_ram(arch, size)
    outside = next((span for span in spans if not any(one.covers(span) for one in there)), None)
    if outside is not None:
        raise SpecError(
            f"QEMU's board of {arch.title} has no RAM there",
            got=f"{outside.start:#x}-{outside.end - 1:#x}",
            expected=", ".join(f"{one.start:#x}-{one.end - 1:#x}" for one in there),
        )
    if size < _LEAST_RAM:
        raise SpecError(
            "too little RAM for firmware and kernel",
            got=exact_size(size),
            expected=f"{exact_size(_LEAST_RAM)} or more",
        )
    return guest_with(arch, ("-m", f"{size // MIB}M"))


def guest_with(arch: Architecture, memory: Sequence[str]) -> BoardGuest:
    """Return the guest whose memory and nodes are those of QEMU's options `memory`."""
    board = arch.board
    argv = (board.program, "-M", board.machine, "-cpu", board.cpu, *board.firmware)
    argv += (*memory, "-accel", "tcg,tb-size=128")
    argv += ("-nodefaults", "-display", "none", "-no-reboot")
    return BoardGuest(argv, (*board.console, *_PRINTING))


def board_ram(arch: Architecture, size: int) -> Sequence[Span]:
    """Return where the board has so many bytes of RAM."""
    base, low_end = arch.board.ram_base, arch.board.low_end
    if low_end is None or size <= low_end - base:
        return (Span(base, base + size),)
    above = size - (low_end - base)
    return Span(base, low_end), Span(_AFTER_WINDOW, _AFTER_WINDOW + above)
