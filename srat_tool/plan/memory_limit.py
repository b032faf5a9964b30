"""`mem=` of arm64, which limits the amount of RAM, and what the kernel must have all the same.

*Mirrors:* arch/arm64/mm/init.c `early_mem` and `arm64_memblock_init`, since 5.10.
"""

from __future__ import annotations

from itertools import dropwhile

from srat_tool.base.units import MIB, PAGE_SIZE, align_down
from srat_tool.kernel.bootopts import memparse
from srat_tool.kernel.memblock import Memblock
from srat_tool.observe.facts import BootLog, MemblockOp
from srat_tool.plan.efi_memory import mark_unmapped
from srat_tool.plan.inputs import Inputs

_LIMITS = "arm64_memblock_init+"
_ALLOCATES = "memblock_"


def memory_limit(inputs: Inputs) -> int | None:
    """Return how much RAM is to be kept; None without a limit, and on x86.

    A command line tells it exactly. A log that ends before its command line still says it in whole
    MiB, unless the user has given another command line.
    """
    if inputs.arch.has_e820:
        return None
    value = inputs.options.last("mem")
    if value is not None:
        size, _ = memparse(value, inputs.profile.memparse_suffixes)
        return align_down(size, PAGE_SIZE)
    told = inputs.machine.command_line is None and inputs.log.command_line is None
    return inputs.log.memory_limit if told else None


def comes_behind_limit(op: MemblockOp) -> bool:
    """Return whether a logged call adds back the kernel or the initrd after the limit."""
    return op.op == "add" and op.caller.startswith(_LIMITS)


def apply_limit(memblock: Memblock, inputs: Inputs) -> None:
    """Cut RAM to the limit, if there is one."""
    limit = memory_limit(inputs)
    if not limit:
        return
    mark_unmapped(memblock, inputs.efi_map, inputs.log)
    if inputs.options.last("mem") is not None:
        memblock.mem_limit_remove_map(limit)
        return
    end = memblock.find_max_addr(limit)
    if end is not None:
        memblock.cap_memory_range(_seen_end(inputs.log, end))


def _seen_end(log: BootLog, end: int) -> int:
    """Return where RAM ends whose limit is known in whole MiB: the printed figure is rounded down.

    The first allocation below the limit is made at the very top of what is left. Earlier ones may
    use up what the kernel's image leaves free of the ranges that were added back.
    """
    calls = dropwhile(lambda op: not comes_behind_limit(op), log.memblock_ops)
    added = [op.span for op in log.memblock_ops if comes_behind_limit(op)]
    places = (op.span for op in calls if op.caller.startswith(_ALLOCATES))
    first = next((at for at in places if not any(span.covers(at) for span in added)), None)
    return first.end if first is not None and end < first.end < end + MIB else end


def add_back(memblock: Memblock, inputs: Inputs) -> None:
    """Make the kernel and its initrd RAM again, wherever they are."""
    limit = memory_limit(inputs)
    if not limit:
        return
    if inputs.machine.kernel_image is None:
        why = "not in a log; mem= keeps it wherever it is; use --kernel-image"
        inputs.assume("kernel image", "below the limit of mem=", why)
    for span in (inputs.machine.kernel_image, inputs.machine.initrd):
        if span is not None:
            memblock.add(span.start, span.size)
