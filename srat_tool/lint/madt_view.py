"""A MADT as rules see it: the processors that firmware reports."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

from srat_tool.lint.views import EntryView
from srat_tool.tables.kinds import MADT


class Reported(NamedTuple):
    """A processor of the MADT.

    Attributes:
        key: what it has in common with the SRAT: `("apic", id)` or `("uid", uid)`.
        uid: its ACPI processor UID.
        enabled: it can be used from boot on.
        online_capable: it can be brought in later.
        entry: the structure that declares it.
    """

    key: tuple[str, int]
    uid: int
    enabled: bool
    online_capable: bool
    entry: Any

    @property
    def name(self) -> str:
        """The processor, as text."""
        kind, number = self.key
        return f"APIC id {number:#x}" if kind == "apic" else f"processor UID {number}"

    @property
    def field(self) -> str:
        """The entry's field that names the processor."""
        return MADT.by_type[self.entry.type].id


class MadtView(EntryView):
    """One MADT."""

    @property
    def has_sapic(self) -> bool:
        """Return whether the machine has SAPICs, whose ids have a second part."""
        return bool(self.all_of(7))

    @cached_property
    def cpus(self) -> list[Reported]:
        """Every processor in table order, disabled ones included, fillers not."""
        found = [self._cpu(entry) for entry in self.all_of(*MADT.processor_types)]
        kept = [cpu for cpu in found if cpu.enabled or cpu.key[1] not in (0xFF, 0xFFFFFFFF)]
        return sorted(kept, key=lambda cpu: cpu.entry.offset)

    def _cpu(self, entry: Any) -> Reported:
        uid = entry.acpi_processor_id if entry.type == 17 else entry.acpi_processor_uid
        row = MADT.by_type[entry.type]
        number = getattr(entry, row.id)
        if entry.type == 7:
            number |= entry.local_sapic_eid << 8
        # The bit exists since ACPI 6.3; before, it was reserved.
        bit = 8 if entry.type == 11 else 2
        capable = self.header.revision >= 5 and bool(entry.flags & bit)
        return Reported((row.space, number), uid, bool(entry.flags & 1), capable, entry)

    @cached_property
    def by_key(self) -> dict[tuple[str, int], Reported]:
        """Each processor; of one that is listed twice, an enabled entry."""
        found: dict[tuple[str, int], Reported] = {}
        for cpu in self.cpus:
            if cpu.enabled or cpu.key not in found:
                found[cpu.key] = cpu
        return found
