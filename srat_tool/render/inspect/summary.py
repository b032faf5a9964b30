"""What a SRAT declares for each proximity domain, in sums."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import assert_never

from srat_tool.base.units import format_size
from srat_tool.tables.kinds import SRAT
from srat_tool.tables.srat import (
    DeviceEntry,
    Hole,
    MemoryAffinity,
    ProcessorEntry,
    Srat,
    UnknownAffinity,
)

HEADINGS = ("domain", "processors", "disabled", "memory", "ranges", "hot-pluggable", "devices")


@dataclass(slots=True)
class _Domain:
    processors: int = 0
    disabled: int = 0
    memory: int = 0
    ranges: int = 0
    hot_pluggable: int = 0
    devices: dict[str, int] = field(default_factory=dict)

    def add_memory(self, entry: MemoryAffinity) -> None:
        if entry.enabled and entry.range_length:
            self.memory += entry.range_length
            self.ranges += 1
            self.hot_pluggable += entry.range_length if entry.hot_pluggable else 0

    def add_processor(self, *, enabled: bool) -> None:
        self.processors += enabled
        self.disabled += not enabled

    def add_device(self, name: str) -> None:
        self.devices[name] = self.devices.get(name, 0) + 1


def domain_rows(table: Srat) -> list[tuple[str, ...]]:
    """Return one row of `HEADINGS` for each domain that an enabled entry names, ascending.

    A table without disabled processors has an empty column for them, which tables leave out.
    """
    domains: defaultdict[int, _Domain] = defaultdict(_Domain)
    for entry in table.entries:
        # The usual classes first: these tests are most of the work.
        if isinstance(entry, MemoryAffinity):
            domains[table.proximity_domain(entry)].add_memory(entry)
        elif isinstance(entry, ProcessorEntry):
            domains[table.proximity_domain(entry)].add_processor(enabled=entry.enabled)
        elif isinstance(entry, DeviceEntry):
            if entry.enabled:
                name = SRAT.by_type[entry.type].name.removeprefix("generic ")
                domains[table.proximity_domain(entry)].add_device(name)
        elif not isinstance(entry, UnknownAffinity | Hole):
            assert_never(entry)
    shown = {number: domains[number] for number in sorted(domains) if _says(domains[number])}
    counts_disabled = any(domain.disabled for domain in shown.values())
    return [_row(number, domain, counts_disabled) for number, domain in shown.items()]


def _says(domain: _Domain) -> bool:
    return bool(domain.processors or domain.ranges or domain.devices)


def _row(number: int, domain: _Domain, counts_disabled: bool) -> tuple[str, ...]:
    return (
        str(number),
        str(domain.processors),
        str(domain.disabled) if counts_disabled else "",
        _size(domain.memory),
        str(domain.ranges),
        _size(domain.hot_pluggable),
        ", ".join(f"{count} {name}" for name, count in domain.devices.items()),
    )


def _size(size: int) -> str:
    return format_size(size) if size else "0"
