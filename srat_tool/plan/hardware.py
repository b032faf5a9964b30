"""Whether the machine is virtual, where that cannot be known."""

from __future__ import annotations

from srat_tool.base.units import format_size
from srat_tool.kernel.memory_hotplug import probe_memory_block_size
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.plan import Alternative


def other_hardware(outcome: Outcome) -> tuple[Alternative, ...]:
    """Return what changes if the machine is virtual where it is taken to be bare, or vice versa.

    Nothing where it was given, or where memory blocks are the same.
    """
    inputs = outcome.inputs
    logged = inputs.log.memory_block_bytes is not None and inputs.machine.follows_log
    seen = inputs.machine.seen_blocks
    if inputs.machine.hardware is not None or logged or (seen is not None and seen.size):
        return ()
    virtual = not inputs.is_virtual
    size = probe_memory_block_size(outcome.boot, virtual=virtual, windows=inputs.tables.windows)
    if size == outcome.block_bytes:
        return ()
    kind = "virtual" if virtual else "bare"
    condition = f"it is a {kind} machine (--hardware {kind})"
    return (Alternative(condition, f"memory blocks have {format_size(size)}"),)
