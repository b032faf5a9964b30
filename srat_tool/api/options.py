"""Options as values: how inputs are read, and which machine and kernel a plan is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from srat_tool.sources.found import Budget, Refusal

Progress = Callable[[str, str | None], None]
"""Called with the work (`reading`, `checking`) and the item that is next; None ends the work."""

Missed = Callable[[Sequence[Refusal]], None]
"""Called with the inputs, or parts of them, that were refused and may have held a table."""


class ReadOptions(NamedTuple):
    """How inputs are read.

    Attributes:
        source: the kind that every file is taken as; None lets the content decide.
        budget: bounds on work.
        progress: is called before each step of long work; None calls nothing.
        missed: is called with inputs that were not read and may have held a table; a plan names
            them among its assumptions, too.
    """

    source: str | None = None
    budget: Budget = Budget()
    progress: Progress | None = None
    missed: Missed | None = None

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


class PlanOptions(NamedTuple):
    """What the user said, as typed; nothing is read yet.

    Attributes:
        tables: files and folders with tables.
        boot_log, memory_map: files to read.
        reserve: further early reservations, `START-END[=LABEL]`.
        kernel_image, initrd: ranges, `START-END` or `START+SIZE`.
        cmdline: a kernel command line.
        movablecore, kernelcore: values of the boot options of those names.
        movable_node: the boot option of that name.
        kernel: profile or release.
        config: `NAME=VALUE` words and `/boot/config-*` files.
        direct_map: largest page that maps memory.
        assume_memory: how much RAM there is, where no memory map is known.
    """

    tables: tuple[str, ...] = ()
    boot_log: str | None = None
    memory_map: str | None = None
    reserve: tuple[str, ...] = ()
    kernel_image: str | None = None
    initrd: str | None = None
    cmdline: str | None = None
    movablecore: str | None = None
    kernelcore: str | None = None
    movable_node: bool = False
    kernel: str | None = None
    config: tuple[str, ...] = ()
    direct_map: str | None = None
    assume_memory: str | None = None

    @property
    def boot_options(self) -> tuple[str, ...]:
        """Our own boot options as words of a command line."""
        words = []
        if self.kernelcore is not None:
            words.append(f"kernelcore={self.kernelcore}")
        if self.movablecore is not None:
            words.append(f"movablecore={self.movablecore}")
        if self.movable_node:
            words.append("movable_node")
        return tuple(words)
