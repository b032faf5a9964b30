"""The running machine before the first event: policies, and memory that drivers added at boot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from srat_tool.base.span import Span
from srat_tool.kernel.hotplug.cma import reserve_cma
from srat_tool.kernel.hotplug.events import AddKmem
from srat_tool.kernel.hotplug.mhp_range import MappableRange, mhp_get_pluggable_range
from srat_tool.kernel.hotplug.policy import default_type, online_policy
from srat_tool.kernel.hotplug.rules import HotplugRules
from srat_tool.kernel.hotplug.start import running_machine
from srat_tool.kernel.hotplug.state import HotplugState, OnlinePolicy
from srat_tool.kernel.processors import cpu_nodes
from srat_tool.plan.late_values import SoftReserved
from srat_tool.plan.memory_blocks import boot_block_runs, rules_of
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.user_space import udev_rule


def start(outcome: Outcome) -> HotplugState:
    """Return the machine when user space runs."""
    rules = rules_of(outcome)
    state = running_machine(
        outcome.boot,
        outcome.numa,
        outcome.zones,
        runs=boot_block_runs(outcome),
        block=outcome.block_bytes,
        rules=rules,
        policy=_policy(outcome, rules),
        mappable=mappable_range(outcome),
        stable=_stable(outcome),
    )
    reserve_cma(state)
    return state


def mappable_range(outcome: Outcome) -> MappableRange:
    """Return the addresses that memory can have."""
    inputs = outcome.inputs
    off = inputs.options.has("nokaslr") or inputs.log.kaslr_disabled
    config = inputs.machine.config
    return mhp_get_pluggable_range(outcome.boot, rules_of(outcome), config, kaslr_off=off)


def _stable(outcome: Outcome) -> set[int]:
    info = outcome.numa.info
    nodes = cpu_nodes(outcome.boot, outcome.numa, outcome.inputs.madt)
    return (set(nodes) | info.initiators) & info.possible


def _policy(outcome: Outcome, rules: HotplugRules) -> OnlinePolicy:
    """Return the policy; where the distribution decides, that is an assumption."""
    inputs = outcome.inputs
    config = inputs.machine.config
    policy = online_policy(outcome.boot.options, rules, config)
    asked = default_type(outcome.boot.options, rules, config)
    if asked is None:
        why = rules.default_config
        inputs.assume("default state of added memory", policy.default_type, why)
    rule = udev_rule(inputs.release)
    if rule is not None and policy.default_type == "offline":
        names = (name.decode("latin-1") for name in sorted(inputs.makers))
        makers = " ".join(filter(None, (inputs.log.dmi, *names)))
        word = rule.writes(virtual=inputs.is_virtual, makers=makers)
        policy.default_type = word or "offline"
        inputs.assume("user space", f"writes {word or 'nothing'}", rule.source)
    return policy


def dax_device(span: Span, nid: int) -> AddKmem:
    """Return the event that a device of dax_hmem is for the kmem driver.

    Its name has a character that names of users do not have.
    """
    return AddKmem(f"dax@{span.start:#x}", (span,), "hmem", nid)


def boot_devices(soft: Iterable[SoftReserved]) -> Iterator[AddKmem]:
    """Yield the devices of soft-reserved memory that kmem takes before user space runs."""
    made: set[Span] = set()
    for piece in soft:
        device = piece.device
        if piece.mode == "system-ram" and device is not None and device not in made:
            made.add(device)
            yield dax_device(device, piece.nid or 0)
