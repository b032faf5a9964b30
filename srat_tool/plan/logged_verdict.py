"""What a log reports about how its kernel used the tables: distances, rejections, empty nodes."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.kernel.profile import KernelProfile
from srat_tool.observe.facts import BootLog, KernelAnswer
from srat_tool.plan.machine import Machine

_NODES_THAT_NEED_DISTANCES = 3
# Lines that a kernel prints once it has its distances.
_AFTER_DISTANCES = frozenset({"zones", "movable", "nodes"})


class SlitGuess(NamedTuple):
    """Whether the kernel has the distances of a SLIT that was not given.

    `value` and `why` name it among the assumptions; they are empty where nothing was assumed.
    """

    present: bool
    value: str = ""
    why: str = ""


def unread_slit(
    machine: Machine, profile: KernelProfile, *, from_log: bool, nodes: int, virtual: bool
) -> SlitGuess:
    """Return whether there is a valid SLIT whose bytes are not known.

    A log that lists no table does not show it; a distance table of its own kernel does.

    Args:
        machine: what was given, no SLIT among it.
        profile: the kernel.
        from_log: the SRAT was read from the log.
        nodes: how many nodes the log names.
        virtual: it is a guest.
    """
    log = machine.boot_log or BootLog()
    listed = any(table.signature == "SLIT" for table in log.tables)
    shown = _shown(log.answer, profile) if machine.follows_log else None
    if shown is not None:
        if shown:
            why = "the log has a distance table, but not its figures"
            return SlitGuess(present=True, value="valid", why=why)
        if listed and not log.answer.slit_invalid:
            why = "the log has no distance table"
            return SlitGuess(present=False, value="not used", why=why)
        return SlitGuess(present=False)
    if listed:
        why = "the log lists it, but nothing shows what is in it"
        return SlitGuess(present=True, value="valid", why=why)
    if log.tables or not from_log or virtual or nodes < _NODES_THAT_NEED_DISTANCES:
        return SlitGuess(present=False)
    why = "the log lists no tables; a server of more than two nodes describes their distances"
    return SlitGuess(present=True, value="present", why=why)


def _shown(answer: KernelAnswer, profile: KernelProfile) -> bool | None:
    """Return whether the log's kernel made a distance table; None when the log does not show it."""
    if answer.distance_nodes is not None:
        return True
    words = profile.printk
    would_say = words.distance_table and words.debug
    if answer.slit_invalid or (would_say and answer.printed.keys() & _AFTER_DISTANCES):
        return False
    return None


def rejection(machine: Machine) -> str | None:
    """Return why the log's kernel did not use the SRAT; None when it did, or NUMA was off."""
    log = machine.boot_log
    if log is None or not machine.follows_log:
        return None
    answer = log.answer
    if answer.numa_off or machine.memory_map is not None:
        return None
    if answer.rejected is not None:
        return f"the log reports it: {answer.rejected}"
    if answer.faked is None or not machine.follows_options:
        return None
    return "the log reports it: its kernel made one node of all memory"


def empty_nodes(machine: Machine) -> tuple[int, ...]:
    """Return the nodes that a log calls memory-less."""
    log = machine.boot_log
    if log is None or not machine.follows_log:
        return ()
    answer = log.answer
    if answer.faked is not None or answer.rejected is not None:
        return ()
    return tuple(line.nid for line in answer.setups if line.span is None)
