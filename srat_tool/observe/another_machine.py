"""Whether two boot logs are of one machine: what no other kernel or option of it changes."""

from __future__ import annotations

from srat_tool.base.units import format_size
from srat_tool.observe.facts import BootLog
from srat_tool.tables.memmap import MemoryType

# Firmware reserves some more or less from boot to boot.
_SAME_SHARE = 32


def difference(one: BootLog, other: BootLog) -> str | None:
    """Return what shows that two logs are of different machines; None where nothing does.

    Args:
        one: a log.
        other: another one, which the text is about.
    """
    if None not in (one.machine, other.machine) and one.machine != other.machine:
        return f"it is of {other.machine}"
    boards = _board(one), _board(other)
    if all(boards) and boards[0] != boards[1]:
        return f"it is of {boards[1]}"
    sizes = _ram(one), _ram(other)
    if all(sizes) and abs(sizes[0] - sizes[1]) * _SAME_SHARE > max(sizes):
        return f"its machine has {format_size(sizes[1])} of RAM"
    return None


def _board(log: BootLog) -> str:
    """Return the machine's name without the version of its firmware; empty where it is unknown."""
    return (log.dmi or "").partition(", BIOS")[0].strip()


def _ram(log: BootLog) -> int:
    """Return the bytes of RAM in the firmware's map; 0 where the log does not show all of it."""
    whole = not (log.map_front_lost or log.map_ends_log or log.map_garbled or log.lost_ram.spans)
    # A crash kernel has the RAM that was set aside for it.
    if log.memory_map is None or not whole or "elfcorehdr=" in (log.command_line or ""):
        return 0
    entries = log.memory_map.entries
    return sum(entry.span.size for entry in entries if entry.type == MemoryType.RAM)
