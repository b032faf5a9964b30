"""What names a processor in the SRAT and in the MADT alike."""

from __future__ import annotations

from typing import NamedTuple


class ProcessorKey(NamedTuple):
    """The number of a processor.

    Attributes:
        space: `apic` for local APIC and x2APIC ids, `uid` for ACPI processor UIDs.
        number: the id or UID.
    """

    space: str
    number: int

    @property
    def text(self) -> str:
        """The processor, as text."""
        if self.space == "apic":
            return f"APIC id {self.number:#x}"
        return f"processor UID {self.number}"
