"""A guest that boots on given tables: how much RAM it needs where, its initrd and its command line.

QEMU's `pc` board has RAM from 0 to a border below 4 GiB and from 4 GiB on without holes. Holes are
made by `memmap=` on the kernel's command line; other memory does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.override import override_archive, upgraded
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import SpecError
from srat_tool.base.rawtable import RawTable
from srat_tool.base.span import Span, subtract, union
from srat_tool.base.units import GIB, MIB, align_down, align_up, exact_size

LOW_END = 3584 * MIB
"""The pc board's RAM below 4 GiB can end no later than here."""
ADDRESS_END = 1 << 40
"""Limit: QEMU's software processor has 40 address bits."""
MAX_NODES = 128
"""Limit: nodes of one of QEMU's machines."""
LEAST_RAM = 256 * MIB
_LEAST_HOLE = MIB


class Guest(NamedTuple):
    """What QEMU is asked for.

    Attributes:
        below: bytes of RAM from 0 on.
        above: bytes of RAM from 4 GiB on.
        holes: ranges that the command line excludes.
    """

    below: int
    above: int
    holes: tuple[Span, ...]


def guest_for(ram: Iterable[Span]) -> Guest:
    """Return the guest whose RAM covers the ranges and little else.

    Raises:
        SpecError: when QEMU has no such machine.
    """
    spans = union(ram)
    low = [part for span in spans if (part := span.clip(Span(0, LOW_END)))]
    high = [part for span in spans if (part := span.clip(Span(4 * GIB, ADDRESS_END)))]
    below = align_down(low[-1].end, MIB) if low else 0
    above = align_up(high[-1].end - 4 * GIB, MIB) if high else 0
    if sum(span.size for span in low) < LEAST_RAM:
        raise SpecError(
            "too little RAM below 4 GiB for a kernel",
            got=exact_size(sum(span.size for span in low)),
            expected=f"{exact_size(LEAST_RAM)} or more",
        )
    if spans[-1].end > ADDRESS_END:
        raise SpecError(
            "RAM beyond what QEMU's software processor can address",
            got=exact_size(spans[-1].end),
            expected=f"at most {exact_size(ADDRESS_END)}",
        )
    there = [Span(MIB, below), Span(4 * GIB, 4 * GIB + above)]
    holes = [hole for hole in subtract(there, spans) if hole.size >= _LEAST_HOLE]
    return Guest(below, above, tuple(holes))


def guest_argv(guest: Guest, cpus: int = 1, memory: Sequence[str] = ()) -> list[str]:
    """Return QEMU and the options for memory and processors; software emulation suffices.

    Args:
        guest: the guest.
        cpus: number of processors.
        memory: options that use the memory `ram0`; without any it is all memory of the machine.
    """
    size = guest.below + guest.above
    backend = "" if memory else ",memory-backend=ram0"
    return [
        "qemu-system-x86_64",
        "-M",
        f"pc,max-ram-below-4g={guest.below}{backend}",
        "-object",
        f"memory-backend-ram,id=ram0,size={size},reserve=off",
        *(memory or ("-m", f"{size // MIB}M")),
        "-smp",
        str(cpus),
        *("-cpu", "max", "-accel", "tcg,tb-size=128"),
        *("-nodefaults", "-display", "none", "-no-reboot"),
    ]


def guest_madt(cpus: int = 1) -> RawTable:
    """Return the processors of the guest as its firmware lists them: APIC ids from 0 on."""
    entries = "\n".join(f"lapic {cpu} {cpu}" for cpu in range(cpus))
    (table,) = assemble(parse_spec(f"[madt]\nentries = '''\n{entries}'''", "the guest"))
    return table


def kernel_command_line(guest: Guest, options: Sequence[str]) -> str:
    """Return the kernel's command line: everything it decides early is printed, nothing random."""
    holes = (f"memmap={hole.size:#x}${hole.start:#x}" for hole in guest.holes)
    printing = ("console=ttyS0", "earlyprintk=ttyS0", "ignore_loglevel", "memblock=debug")
    return " ".join(["nokaslr", *printing, "panic=-1", *holes, *options])


def guest_initrd(tables: Sequence[bytes], rest: bytes = b"") -> bytes:
    """Return an initrd whose start brings the tables along."""
    return (override_archive(upgraded(data) for data in tables) if tables else b"") + rest
