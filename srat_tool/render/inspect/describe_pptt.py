"""What the structures of a PPTT declare, in one line each."""

from __future__ import annotations

from typing import Any

from srat_tool.base.text import printable
from srat_tool.base.units import format_size
from srat_tool.render.inspect.runs import EntryRun
from srat_tool.render.inspect.what import What
from srat_tool.tables import pptt


def node(run: EntryRun, _: Any) -> What:
    """Describe a processor hierarchy node."""
    entry = run.first
    parts = []
    if entry.flags & pptt.NodeFlags.PROCESSOR_ID_VALID:
        parts.append(f"processor {entry.acpi_processor_id}")
    parts.append(f"parent {entry.parent:#06x}" if entry.parent else "no parent")
    if entry.resources:
        parts.append("resources " + " ".join(f"{one:#06x}" for one in entry.resources))
    return What(", ".join(parts))


def cache(run: EntryRun, _: Any) -> What:
    """Describe a cache."""
    entry = run.first
    types, policies = ("data", "instruction", "unified", "unified"), ("write back", "write through")
    flags = pptt.CacheFlags
    valid: tuple[tuple[int, str], ...] = (
        (flags.TYPE, types[entry.cache_type]),
        (flags.SETS, f"{entry.sets} sets"),
        (flags.ASSOCIATIVITY, f"{entry.associativity} ways"),
        (flags.LINE_SIZE, f"line {entry.line_size}B"),
        (flags.WRITE_POLICY, policies[entry.write_policy]),
        (flags.CACHE_ID, f"id {entry.cache_id}"),
    )
    parts = [text for flag, text in valid if entry.flags & flag]
    parts.append(f"next level {entry.next_level:#06x}" if entry.next_level else "last level")
    size = format_size(entry.size) if entry.flags & flags.SIZE else ""
    return What(", ".join(parts), size=size)


def identifier(run: EntryRun, _: Any) -> What:
    """Describe an ID structure."""
    entry = run.first
    vendor = printable(entry.vendor_id.to_bytes(4, "little"))
    version = f"{entry.major_revision}.{entry.minor_revision}.{entry.spin_revision}"
    ids = f"{entry.level_1_id:#x} {entry.level_2_id:#x}"
    return What(f'vendor "{vendor}", ids {ids}, revision {version}')
