"""Options as values: how inputs are read, and which machine and kernel a plan is for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, NamedTuple

from srat_tool.base.limits import Budget
from srat_tool.sources.found import Refusal

if TYPE_CHECKING:
    from srat_tool.base.span import Span
    from srat_tool.observe.facts import BootLog
    from srat_tool.tables.memmap import MemoryMap

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
"""One path or several; `-` is standard input."""

Progress = Callable[[str, str | None], None]
"""Called with the work (`reading`, `checking`) and the item that is next; None ends the work."""

Missed = Callable[[Sequence[Refusal]], None]
"""Called with the inputs, or parts of them, that were refused and may have held a table."""


class ReadOptions(NamedTuple):
    """How inputs are read.

    Attributes:
        source: the kind that every file is taken as; None lets the content decide.
        budget: bounds on work; None for those that are in force, see `Budget.in_force`.
        progress: is called before each step of long work; None calls nothing.
        missed: is called with inputs that were not read and may have held a table; a plan names
            them among its assumptions, too.
        casually: pass over files that hold nothing and are not named like a table.
    """

    source: str | None = None
    budget: Budget | None = None
    progress: Progress | None = None
    missed: Missed | None = None
    casually: bool = False

    def bounds(self) -> AbstractContextManager[None]:
        """Put the bounds on work in force for what is called inside."""
        return nullcontext() if self.budget is None else self.budget.in_force()

    @contextmanager
    def steps(self, work: str) -> Iterator[Callable[[str], None] | None]:
        """Report the steps of some work, and that it has ended; None where nothing listens."""
        progress = self.progress
        if progress is None:
            yield None
            return
        try:
            yield lambda item: progress(work, item)
        finally:
            progress(work, None)


READ_DEFAULTS = ReadOptions()


class PlanOptions(NamedTuple):
    """Which machine and which kernel a plan is for; nothing is read yet.

    Attributes:
        boot_log, memory_map: files to read, or what was read already.
        boot: which boot of a log that holds several: a number from 1 on, `first` or `last`.
        reserve: further early reservations, `START-END[=LABEL]`.
        kernel_image, initrd: ranges in bytes; as text `START-END` or `START+SIZE`. `none` or an
            empty range means that there is no initrd.
        boot_path: how the kernel is started, `bios`, `efi` or `direct`.
        cmdline: a kernel command line.
        movablecore, kernelcore: values of the boot options of those names.
        movable_node: the boot option of that name.
        kernel: profile or release.
        arch: an architecture, by name or alias.
        config: `NAME=VALUE` words and `/boot/config-*` files.
        direct_map: largest page that maps memory.
        add: events after the boot, `dimm:8G+1G,pxm=1`, in order.
        cdat: CDATs of CXL devices, `FILE[,speed=GT][,width=LANES][,bridge=UID][,flit=68|256]`.
        hardware: `virtual` or `bare`: whether there is a hypervisor.
        assume_memory: how much RAM there is, where no memory map is known.
    """

    boot_log: str | BootLog | None = None
    boot: str | None = None
    memory_map: str | MemoryMap | None = None
    reserve: tuple[str, ...] = ()
    kernel_image: str | Span | None = None
    initrd: str | Span | None = None
    boot_path: str | None = None
    cmdline: str | None = None
    movablecore: str | None = None
    kernelcore: str | None = None
    movable_node: bool = False
    kernel: str | None = None
    arch: str | None = None
    config: tuple[str, ...] = ()
    direct_map: str | None = None
    assume_memory: str | None = None
    add: tuple[str, ...] = ()
    cdat: tuple[str, ...] = ()
    hardware: str | None = None

    @property
    def boot_options(self) -> tuple[str, ...]:
        """The boot options `kernelcore=`, `movablecore=` and `movable_node` as words."""
        words = []
        if self.kernelcore is not None:
            words.append(f"kernelcore={self.kernelcore}")
        if self.movablecore is not None:
            words.append(f"movablecore={self.movablecore}")
        if self.movable_node:
            words.append("movable_node")
        return tuple(words)


class LintOptions(NamedTuple):
    """Which rules run, and facts that tables do not contain.

    Attributes:
        select: codes, beginnings of codes or names of the rules that run; empty for all.
        ignore: those that do not.
        per_path: patterns of paths, with the rules that are ignored there.
        profile: whose reading of a table sets severities: `linux`, `spec`, `freebsd`, `xen` or
            `illumos`.
        kernel: kernel profile or release that plans are made for.
        arch: an architecture, by name or alias.
        kernel_config: `NAME=VALUE` words.
        baseline: the file of the findings that are known already.
        boot_log, memory_map: files to read, or what was read already.
        cmdline: a kernel command line.
        phys_bits: width of physical addresses.
        boot_cpu: APIC id of the boot processor.
        signature: the signature that each input must have.
        allow_empty: skip files that contain no table; one that is named or signed like a table is
            still an input that cannot be checked.
        jobs: processes that check machines; None for one on each usable core.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_path: Mapping[str, tuple[str, ...]] = {}
    profile: str | None = None
    kernel: str | None = None
    arch: str | None = None
    kernel_config: tuple[str, ...] = ()
    baseline: str | None = None
    boot_log: str | BootLog | None = None
    memory_map: str | MemoryMap | None = None
    cmdline: str | None = None
    phys_bits: int | None = None
    boot_cpu: int | None = None
    signature: str | None = None
    allow_empty: bool = False
    jobs: int | None = None


PLAN_DEFAULTS = PlanOptions()


def path_words(paths: Paths) -> tuple[str, ...]:
    """Return one path or several as a tuple of strings."""
    if isinstance(paths, str | os.PathLike):
        return (os.fspath(paths),)
    return tuple(os.fspath(path) for path in paths)
