"""The domains with memory that the HMAT is about: those of the SRAT, walked a second time.

*Mirrors:* drivers/acpi/numa/hmat.c `hmat_init`, `srat_parse_mem_affinity` and
`alloc_memory_target`, since 5.5; kernel/resource.c `__request_region`.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import NamedTuple

from srat_tool.base.units import U64
from srat_tool.kernel.acpi_numa import entries_in_reach
from srat_tool.kernel.late_events import LateEvent, TargetNotReserved
from srat_tool.tables.srat import MemoryAffinity, Srat


class MemoryTargets(NamedTuple):
    """What the walk finds.

    Attributes:
        domains: proximity domains of enabled memory, in table order.
        events: what the kernel prints about it.
    """

    domains: tuple[int, ...]
    events: tuple[LateEvent, ...]


class _Resource:
    """Ranges of one domain that do not overlap, by their last bytes."""

    def __init__(self) -> None:
        self._ends: list[tuple[int, int]] = []

    def request(self, start: int, length: int) -> bool:
        """Reserve a range; return False where its end wraps or part of it is taken.

        A length of 0 wraps, and at address 0 to the last address of all: that is all memory.
        """
        last = start + length - 1 & U64
        if last < start:
            return False
        at = bisect_left(self._ends, (start, 0))
        if at < len(self._ends) and self._ends[at][1] <= last:
            return False
        insort(self._ends, (last, start))
        return True


def memory_targets(srat: Srat) -> MemoryTargets:
    """Walk the memory entries; Linux looks at them even where there is no HMAT."""
    found: dict[int, _Resource] = {}
    events: list[LateEvent] = []
    for entry in entries_in_reach(srat):
        if not isinstance(entry, MemoryAffinity) or not entry.enabled:
            continue
        pxm, start, length = srat.proximity_domain(entry), entry.base_address, entry.range_length
        if not found.setdefault(pxm, _Resource()).request(start, length):
            events.append(TargetNotReserved(pxm, start, length))
    return MemoryTargets(tuple(found), tuple(events))
