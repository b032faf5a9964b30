"""Where the crash kernel's memory is: as the log of the boot has it, else as Linux chooses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, joined
from srat_tool.observe.facts import Reservation
from srat_tool.plan.inputs import Inputs

if TYPE_CHECKING:
    from srat_tool.kernel.boot import Boot

CRASH_KERNEL = "crash kernel"


def crash_memory(boot: Boot, inputs: Inputs) -> Iterator[Reservation]:
    """Take the memory that `crashkernel=` asks for once the SRAT is read, and name it.

    It never makes its node a kernel node; in ZONE_MOVABLE it keeps its memory blocks.
    """
    if not inputs.options.has("crashkernel") or not inputs.arch.has_e820:
        return
    logged = [one for one in inputs.log.reservations if one.what == CRASH_KERNEL]
    if logged and inputs.machine.follows_options:
        for one in logged:
            boot.memblock.reserve(one.span.start, one.span.size)
        yield from logged
        return
    # Few boots have one.
    from srat_tool.kernel.crash_kernel import crash_request, reserve_crashkernel  # noqa: PLC0415

    request = crash_request(inputs.options.params, boot.memblock.memory.total_size)
    if request is None:
        return
    low = inputs.profile.crash_low_at_address
    taken = reserve_crashkernel(boot.memblock, request, low_at_address=low)
    where = joined([address_range(span) for span in taken])
    value = f"{format_size(request.size)} at {where}" if taken else "none"
    why = "that is where Linux finds room" if taken else f"no room for {format_size(request.size)}"
    inputs.assume(CRASH_KERNEL, value, f"{why} after it read the SRAT")
    for span in taken:
        yield Reservation(span, CRASH_KERNEL)
