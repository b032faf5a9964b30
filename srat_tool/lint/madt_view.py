"""A MADT as rules see it: the processors that firmware reports."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from srat_tool.base.span import Span
from srat_tool.lint.hit import Hit
from srat_tool.lint.opaque import OpaqueView
from srat_tool.lint.other_controllers import (
    DISTRIBUTOR,
    FIRST_WITH_REDISTRIBUTORS,
    IO_APIC,
    LOCAL_ADDRESS,
    LOCAL_APIC_BYTES,
    NAMES,
    REDISTRIBUTOR_BYTES,
    SIZES,
    Controller,
    controller,
)
from srat_tool.lint.processor_key import ProcessorKey
from srat_tool.lint.views import place
from srat_tool.tables.kinds import MADT
from srat_tool.tables.madt import GiccFlags, LocalApicFlags, OtherController

GICC, RINTC = 11, 24
IO_APIC_INPUTS = 240
"""Inputs that an I/O APIC has at most."""
# The ids of disabled structures that describe no processor.
FILLERS = {0: 0xFF, 9: 0xFFFFFFFF}
ONLINE_CAPABLE = int(LocalApicFlags.ONLINE_CAPABLE)
GICC_ONLINE_CAPABLE = int(GiccFlags.ONLINE_CAPABLE)


class Reported(NamedTuple):
    """A processor of the MADT.

    Attributes:
        key: what names it in the SRAT too.
        uid: its ACPI processor UID.
        enabled: it can be used from boot on.
        online_capable: it can be brought in later.
        entry: the structure that declares it.
    """

    key: ProcessorKey
    uid: int
    enabled: bool
    online_capable: bool
    entry: Any

    @property
    def online_bit(self) -> int:
        """The Online Capable flag."""
        return GICC_ONLINE_CAPABLE if self.entry.type == GICC else ONLINE_CAPABLE

    @property
    def name(self) -> str:
        """The processor, as text."""
        return self.key.text

    @property
    def field(self) -> str:
        """The entry's field that names the processor."""
        return MADT.by_type[self.entry.type].id


class Registers(NamedTuple):
    """The address of registers that a structure declares.

    Attributes:
        span: the addresses.
        entry: the structure; None for the table's own field.
        place: the offset of the address in the structure.
        size: the bytes of that field.
        is_compared: whether two of the type with one address are a finding of another rule.
    """

    span: Span
    entry: Any
    place: int
    size: int
    is_compared: bool = True

    @property
    def kind(self) -> int | None:
        """The type of the structure."""
        return None if self.entry is None else self.entry.type


class MadtView(OpaqueView):
    """One MADT."""

    least_sizes = SIZES
    names = NAMES

    @cached_property
    def cpus(self) -> list[Reported]:
        """Every processor in table order, disabled ones included, fillers not."""
        found = [self._cpu(entry) for entry in self.processors]
        kept = [c for c in found if c.enabled or c.key.number != FILLERS.get(c.entry.type)]
        return sorted(kept, key=lambda cpu: cpu.entry.offset)

    def _cpu(self, entry: Any) -> Reported:
        row = MADT.by_type[entry.type]
        number = getattr(entry, row.id)
        if entry.type == 7:
            number |= entry.local_sapic_eid << 8
        cpu = Reported(
            ProcessorKey(row.space, number), self.uid(entry), bool(entry.flags & 1), False, entry
        )
        # The bit exists since ACPI 6.3; before, it was reserved.
        capable = self.header.revision >= 5 and bool(entry.flags & cpu.online_bit)
        return cpu._replace(online_capable=capable)

    def uid_field(self, entry: Any) -> str:
        """Return the field that holds the ACPI processor UID."""
        return "acpi_processor_id" if entry.type == 17 else "acpi_processor_uid"

    def uid(self, entry: Any) -> int:
        """Return the ACPI processor UID of a processor structure."""
        uid: int = getattr(entry, self.uid_field(entry))
        return uid

    @cached_property
    def processors(self) -> list[Any]:
        """Every processor structure that is all there, fillers too."""
        return self.all_of(*MADT.processor_types)

    @cached_property
    def others(self) -> list[Any]:
        """Structures that name no processor."""
        return [entry for entry in self.entries if isinstance(entry, OtherController)]

    @cached_property
    def controllers(self) -> list[Controller]:
        """Structures that name no processor, in table order, as far as they are read."""
        entries = (*self.others, *self.all_of(15))
        end = min(self.size, self.header.length)
        data = self.raw.data[:end]
        found = (controller(entry, data) for entry in entries)
        return sorted((c for c in found if c is not None), key=lambda c: c.entry.offset)

    @cached_property
    def registers(self) -> list[Registers]:
        """Where the registers of interrupt controllers are, as far as it is known."""
        found = self._local_registers
        found += [
            Registers(one.registers, one.entry, *one.fields["address"][1:])
            for one in self.controllers
            if one.registers is not None
        ]
        for kind, field, stated in (
            (GICC, "gicr_base_address", None),
            (RINTC, "imsic_base_address", "imsic_size"),
        ):
            for entry in self.all_of(kind):
                base = getattr(entry, field)
                size = REDISTRIBUTOR_BYTES if stated is None else getattr(entry, stated)
                if base and size and entry.flags & 1:
                    span = Span(base, base + size)
                    at = place(self.family.layouts[kind], field)
                    found.append(Registers(span, entry, *at, is_compared=False))
        return found

    @property
    def _local_registers(self) -> list[Registers]:
        """Where the local APICs are by the table's own field, where it counts."""
        local = self.decoded.table.local_address
        if not self.is_x86 or not local or self.controllers_of(LOCAL_ADDRESS):
            return []
        return [Registers(Span(local, local + LOCAL_APIC_BYTES), None, 36, 4)]

    def owner(self, one: Registers) -> str:
        """Return whose registers they are, as text."""
        return "the local APICs" if one.entry is None else self.name(one.entry)

    def at_registers(self, one: Registers, message: str) -> Hit:
        """Return a hit on the address of registers."""
        if one.entry is None:
            return self.hit(f"local APICs: {message}", one.place, one.size)
        return self.inside(one.entry, one.place, one.size, message)

    def controllers_of(self, *types: int) -> list[Controller]:
        """Return the structures of some types that name no processor."""
        return [one for one in self.controllers if one.entry.type in types]

    @cached_property
    def global_interrupts(self) -> range | None:
        """The interrupts (GSI) that the I/O APICs can have; None where there is no I/O APIC."""
        bases = [one["GSI base"] for one in self.controllers_of(IO_APIC)]
        return range(min(bases), max(bases) + IO_APIC_INPUTS) if bases else None

    def gsi_problem(self, one: Controller) -> tuple[str, str] | None:
        """Return (field, message) when an interrupt belongs to no I/O APIC."""
        known = self.global_interrupts
        if known is None or one["GSI"] in known:
            return None
        if one["GSI"] < known.start:
            return "GSI", f"{one.text('GSI')} is below the first of an I/O APIC, {known.start}"
        last = known.stop - IO_APIC_INPUTS
        return "GSI", f"{one.text('GSI')} is of no I/O APIC, the last of which begins at {last}"

    @cached_property
    def is_x86(self) -> bool:
        """Return whether an enabled processor has a local APIC; LoongArch has other structures."""
        return any(cpu.enabled and cpu.entry.type in {0, 9} for cpu in self.cpus)

    def identities(self, cpu: Reported) -> Iterator[tuple[str, int, str]]:
        """Yield (field, number, text) of what names an enabled processor, and it alone."""
        if not cpu.enabled:
            return
        if cpu.key.space == "apic":
            yield cpu.field, cpu.key.number, cpu.name
        if cpu.entry.type == GICC and cpu.entry.mpidr is not None:
            yield "mpidr", cpu.entry.mpidr, f"MPIDR {cpu.entry.mpidr:#x}"
        if cpu.entry.type == GICC and self.has_cpu_interfaces:
            number = cpu.entry.interface_number
            yield "interface_number", number, f"CPU interface {number}"
        if cpu.entry.type == 24:
            yield "hart_id", cpu.entry.hart_id, f"hart id {cpu.entry.hart_id}"

    @cached_property
    def has_cpu_interfaces(self) -> bool:
        """Return whether processors are numbered, as GICv1 and GICv2 do; all zeros are none."""
        versions = [one["version"] for one in self.controllers_of(DISTRIBUTOR)]
        if not versions or not 0 < versions[0] < FIRST_WITH_REDISTRIBUTORS:
            return False
        return any(entry.interface_number for entry in self.all_of(GICC))

    @cached_property
    def by_key(self) -> dict[ProcessorKey, Reported]:
        """Each processor; of one that is listed twice, an enabled entry."""
        found: dict[ProcessorKey, Reported] = {}
        for cpu in self.cpus:
            if cpu.enabled or cpu.key not in found:
                found[cpu.key] = cpu
        return found
