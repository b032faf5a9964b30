"""The `Plan` of a boot with the 2013 series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from srat_tool.base.units import format_size
from srat_tool.kernel.memblock import SeriesFlags
from srat_tool.plan.answer import plan_of
from srat_tool.plan.early_memory import EarlyMemory
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.memory_blocks import memory_blocks
from srat_tool.plan.plan import Alternative, Assumption, Ignored, Plan, Region
from srat_tool.plan.series2013.hot_ranges import series_hot_ranges
from srat_tool.plan.series2013.released import no_released_kernel
from srat_tool.plan.series2013.run import DIRECT_MAP, SWITCH, SeriesRun, run_series


def series_plan(inputs: Inputs, early: EarlyMemory) -> Plan:
    """Predict a boot of a kernel with the series."""
    run = run_series(inputs, early)
    plan = plan_of(run)
    leaked = run.state.freed.leaked
    return replace(
        plan,
        kernel=replace(plan.kernel, ignored=tuple(_ignored(run))),
        crash=_crash(run) or plan.crash,
        hotpluggable=series_hot_ranges(run),
        leaked=tuple(
            Region(r.base, r.end, r.nid, ("HOTPLUGGABLE",), "never freed") for r in leaked
        ),
        blocks=memory_blocks(run, [region.span for region in leaked]),
        assumptions=(*plan.assumptions, *_assumed(run)),
        alternatives=tuple(
            # Where node-local data is does not change what the reservations keep.
            other._replace(
                kernel_nodes=tuple(node.nid for node in plan.nodes if node.kernel_node),
                movable_start=plan.movable_start,
            )
            for other in _alternatives(run)
        ),
    )


def _ignored(run: SeriesRun) -> Iterator[Ignored]:
    options = run.boot.options
    for unused in options.ignored:
        yield Ignored(*unused)
    if not options.movablecore_acpi:
        return
    after_switch = False
    for param in options.params:
        if param.name not in ("kernelcore", "movablecore") or param.value is None:
            continue
        if param == SWITCH:
            after_switch = True
        elif after_switch and param.name == "movablecore":
            yield Ignored(param.text, "after movablecore=acpi it is not read as a size")
        else:
            yield Ignored(param.text, "its size is stored, and movablecore=acpi has priority")


def _crash(run: SeriesRun) -> str | None:
    panic = run.state.panic
    return None if panic is None else f"the kernel panics: {panic.strip()}"


def _assumed(run: SeriesRun) -> Iterator[Assumption]:
    if run.boot.options.movablecore_acpi:
        yield no_released_kernel(run.inputs)
    if run.early.memblock.end_of_dram > run.boot.memblock.end_of_dram:
        end = run.boot.memblock.end_of_dram
        yield Assumption("RAM", f"up to {end:#x}", "a four-level direct map ends at 64 TiB")
    if run.inputs.machine.direct_map is None:
        yield Assumption(
            "direct map",
            f"{run.page_size} pages",
            "the largest page size of the processor is not known; set it with --direct-map",
        )


def _alternatives(run: SeriesRun) -> Iterator[Alternative]:
    """Return how much of the node-local data depends on the processor's page sizes."""
    if run.inputs.machine.direct_map is not None:
        return
    mine = _local_bytes(run)
    for size in DIRECT_MAP:
        if size == run.page_size:
            continue
        other = run_series(run.inputs, run.early, size)
        bytes_ = _local_bytes(other)
        if bytes_ != mine:
            yield Alternative(
                f"the largest page size of the processor is {size}",
                f"node-local page tables take {format_size(bytes_)} instead of {format_size(mine)}",
            )


def _local_bytes(run: SeriesRun) -> int:
    local = [r for r in run.state.after_hot if r.flags & SeriesFlags.LOCAL_NODE]
    return sum(region.size for region in local)
