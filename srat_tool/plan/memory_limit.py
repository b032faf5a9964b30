"""`mem=` where it limits the amount of RAM, and what the kernel keeps nevertheless.

*Mirrors:* arch/arm64/mm/init.c `early_mem` and `arm64_memblock_init`, since 5.10;
arch/riscv/mm/init.c `early_mem` and `setup_bootmem`, since 6.11; arch/loongarch/kernel/setup.c
`early_parse_mem`, since 7.2.
"""

from __future__ import annotations

from itertools import dropwhile

from srat_tool.base.span import Span
from srat_tool.base.units import MIB, align_down
from srat_tool.kernel.bootopts import memparse
from srat_tool.kernel.memblock import Memblock
from srat_tool.kernel.profile import MemOption
from srat_tool.observe.facts import MemblockOp
from srat_tool.plan.efi_memory import mark_unmapped
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.reservations import IMAGE_ALIGN

_ALLOCATES = "memblock_"


def memory_limit(inputs: Inputs) -> int | None:
    """Return how many bytes of RAM are to be kept; None without a limit, and with an e820 map.

    A command line contains it exactly. A log that ends before its command line prints it in whole
    MiB, unless the user has given another command line.
    """
    if inputs.profile.mem_option is MemOption.E820:
        return None
    value = inputs.options.last("mem")
    if value is not None and "@" not in value:
        size, _ = memparse(value, inputs.profile.memparse_suffixes)
        return align_down(size, inputs.arch.page_bytes)
    from_log = inputs.machine.command_line is None and inputs.log.command_line is None
    return inputs.log.memory_limit if from_log else None


def follows_limit(op: MemblockOp, inputs: Inputs) -> bool:
    """Return whether a logged call follows the limit, as the kernel adds back or reserves."""
    callers = inputs.profile.limit_callers
    return any(op.op == name and op.caller.startswith(caller) for name, caller in callers)


def apply_limit(memblock: Memblock, inputs: Inputs) -> None:
    """Cut RAM to the limit, if there is one."""
    if inputs.profile.mem_option is MemOption.ENFORCED_OR_MAP:
        _user_map(memblock, inputs)
    limit = memory_limit(inputs)
    if not limit:
        return
    if inputs.profile.mem_option is not MemOption.KEEPS_KERNEL:
        memblock.enforce_memory_limit(limit)
        return
    mark_unmapped(memblock, inputs.efi_map, inputs.log)
    if inputs.options.last("mem") is not None:
        memblock.mem_limit_remove_map(limit)
        return
    end = memblock.find_max_addr(limit)
    if end is not None:
        memblock.cap_memory_range(_seen_end(inputs, end))


def _user_map(memblock: Memblock, inputs: Inputs) -> None:
    """Replace RAM by the ranges of `mem=SIZE@START`, which may be given several times."""
    texts = [p.value for p in inputs.options.params if p.name == "mem" and p.value is not None]
    ranges = [text.partition("@") for text in texts if "@" in text]
    if ranges:
        memblock.remove(memblock.start_of_dram, memblock.end_of_dram - memblock.start_of_dram)
    for size, _, start in ranges:
        suffixes = inputs.profile.memparse_suffixes
        memblock.add(memparse(start, suffixes)[0], memparse(size, suffixes)[0])


def _seen_end(inputs: Inputs, end: int) -> int:
    """Return where RAM ends whose limit is known in whole MiB: the printed figure is rounded down.

    The first allocation below the limit is made at the very top of what is left. Earlier ones may
    use up what the kernel's image leaves free of the ranges that were added back.
    """
    operations = inputs.log.memblock_ops
    calls = dropwhile(lambda op: not follows_limit(op, inputs), operations)
    added = [op.span for op in operations if follows_limit(op, inputs)]
    places = (op.span for op in calls if op.caller.startswith(_ALLOCATES))
    first = next((at for at in places if not any(span.covers(at) for span in added)), None)
    return first.end if first is not None and end < first.end < end + MIB else end


def add_back(memblock: Memblock, inputs: Inputs) -> None:
    """Make the kernel and its initrd RAM again, wherever they are."""
    if inputs.profile.mem_option is not MemOption.KEEPS_KERNEL or not memory_limit(inputs):
        return
    image = inputs.machine.kernel_image
    if image is None:
        image = _moved_by_stub(inputs)
        where, why = "below the limit of mem=", "not in a log; mem= keeps it wherever it is"
        if image is not None:
            where, why = f"at {image.start:#x}", "the memory map has code of the loader there"
        inputs.assume("kernel image", where, f"{why}; use --kernel-image")
    for span in (image, inputs.machine.initrd):
        if span is not None:
            memblock.add(span.start, span.size)


def _moved_by_stub(inputs: Inputs) -> Span | None:
    """Return where the EFI stub of the boot that printed the map had put the kernel.

    Linux: drivers/firmware/efi/libstub/arm64.c allocates as much as the image needs, as loader
    code, aligned to 2 MiB; firmware itself aligns what it loads to a page.
    """
    code = [region.span for region in inputs.efi_map if region.type == "Loader Code"]
    aligned = [span for span in code if span.start % IMAGE_ALIGN == 0]
    return aligned[0] if len(aligned) == 1 else None
