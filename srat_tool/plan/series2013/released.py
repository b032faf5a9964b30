"""What a released kernel would do on a machine that is planned for movablecore=acpi."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.base.units import format_size
from srat_tool.base.words import runs
from srat_tool.kernel.bootopts import without_movable_options
from srat_tool.kernel.profiles import NEWEST
from srat_tool.kernel.zones import MOVABLE
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.plan import Assumption
from srat_tool.plan.read_machine import read_machine


def no_released_kernel(inputs: Inputs) -> Assumption:
    """Return that no released kernel has the option, and what movable_node does instead."""
    # The pipeline plans the series too.
    from srat_tool.plan.pipeline import plan_inputs  # noqa: PLC0415

    line = " ".join(without_movable_options(inputs.options.params))
    machine = replace(
        inputs.machine,
        command_line=line,
        extra_options=("movable_node",),
        profile=NEWEST.name,
        hot_events=(),
    )
    zones = [z for z in plan_inputs(read_machine(machine)).zones if z.name == MOVABLE]
    size = format_size(sum(zone.present_bytes for zone in zones))
    nids = {zone.nid for zone in zones}
    nodes = f"{'node' if len(nids) == 1 else 'nodes'} {runs(nids)}"
    does = f"makes {size} of {nodes} movable" if zones else "makes nothing movable"
    why = f"no released kernel has movablecore=acpi; movable_node on kernel {NEWEST.name} {does}"
    return Assumption("kernel", inputs.profile.name, why)
