"""The remarks of a plan, for every renderer that writes text."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from srat_tool.base.units import format_size
from srat_tool.base.words import joined, plural, runs
from srat_tool.plan.plan import KernelChoice, Plan
from srat_tool.plan.remedies import causes_of, unless
from srat_tool.render.plan.outcomes import outcome_sentences
from srat_tool.render.plan.pieces import NodePieces

RATIO_USUAL, RATIO_LIMIT = 3, 4
"""Movable to kernel memory: what Linux's admin guide (memory-hotplug.rst) calls usually fine."""
_REASONS_SHOWN = 6
_OUTCOMES_SHOWN = 8
_RUNS = 8
_ORIGINS = {"srat": "", "dummy": " (no NUMA)", "off": " (NUMA is off)"}


class FactKind(Enum):
    """What a sentence is about; its value is the word in front of it."""

    CRASH = "crash at boot"
    REJECTED = "rejected"
    DAMAGED = "damaged"
    WARNING = "warning"
    IGNORED = "ignored"
    KERNEL = "kernel node"
    NOTE = "note"
    ASSUMED = "assumed"
    IF = "if"


ALARMS = frozenset({FactKind.CRASH, FactKind.REJECTED, FactKind.DAMAGED})
"""What is in the verdict already."""


class Fact(NamedTuple):
    """One sentence, unescaped."""

    kind: FactKind
    text: str


def kernel_name(kernel: KernelChoice) -> str:
    """Return `kernel 6.1 (6.1.0-31-amd64)`."""
    release = kernel.release if kernel.release != kernel.profile else None
    return f"kernel {kernel.profile}" + (f" ({release})" if release else "")


def policy_name(kernel: KernelChoice) -> str:
    """Return what decides ZONE_MOVABLE, as it is written on a command line."""
    if kernel.policy == "none":
        return "default zones"
    if kernel.policy == "sizes":
        sizes = [f"{name}={value}" for name, value in kernel.options.items() if "core" in name]
        return " ".join(sizes) or "sizes"
    return kernel.policy


def headline(plan: Plan, nodes: list[NodePieces], *, release: bool = True) -> str:
    """Return the answer in one line: nodes, memory, its movable share, and for which kernel."""
    kernel = kernel_name(plan.kernel) if release else f"kernel {plan.kernel.profile}"
    return f"{result(plan, nodes)}; {kernel}, {policy_name(plan.kernel)}"


def result(plan: Plan, nodes: list[NodePieces]) -> str:
    """Return what a headline states of the machine: nodes, memory, and its movable share."""
    memory, movable = sum(n.size for n in nodes), sum(n.movable for n in nodes)
    count = plural(len(plan.nodes), "node")
    share = f"{format_size(movable)} movable" if movable else "none movable"
    return f"{count}{_ORIGINS[plan.numa_used]}, {format_size(memory)} of memory, {share}"


def facts(plan: Plan, nodes: list[NodePieces]) -> list[Fact]:
    """Return every sentence, the worst news first."""
    return [
        *alarms(plan),
        *_ratio(nodes),
        *(Fact(FactKind.IGNORED, f"{i.option}: {i.why}") for i in plan.kernel.ignored),
        *_kernel_nodes(plan),
        *_without_kernel_memory(nodes),
        *(Fact(FactKind.ASSUMED, str(one)) for one in plan.assumptions),
        *_alternatives(plan),
    ]


def _alternatives(plan: Plan) -> Iterator[Fact]:
    """Yield the first outcomes, and how many more there are."""
    sentences = outcome_sentences(plan.alternatives)
    for one in sentences[:_OUTCOMES_SHOWN]:
        yield Fact(FactKind.IF, str(one))
    rest = len(sentences) - _OUTCOMES_SHOWN
    if rest > 0:
        outcomes = plural(rest, "more outcome")
        yield Fact(FactKind.NOTE, f"{outcomes} of what cannot be known: --format json has all")


def alarms(plan: Plan) -> Iterator[Fact]:
    """Yield what makes the rest of the answer meaningless, or doubtful."""
    if plan.crash:
        yield Fact(FactKind.CRASH, plan.crash)
    if plan.rejected:
        yield Fact(FactKind.REJECTED, f"Linux throws the SRAT away: {plan.rejected}")
    damage = plan.damage
    if damage:
        is_or_are = "is" if len(damage) == 1 else "are"
        names = joined([one.what for one in damage])
        yield Fact(FactKind.DAMAGED, f"{names} {is_or_are} malformed (see below)")


def _ratio(nodes: list[NodePieces]) -> Iterator[Fact]:
    movable = sum(node.movable for node in nodes)
    kernel = sum(node.size for node in nodes) - movable
    if not movable or movable <= RATIO_USUAL * kernel:
        return
    if not kernel:
        yield Fact(FactKind.WARNING, "all memory is movable: the kernel has none to live in")
        return
    tenths = movable * 10 // kernel
    usual = "is more than" if movable > RATIO_LIMIT * kernel else "is at the limit of"
    yield Fact(
        FactKind.WARNING,
        f"movable to kernel memory is {tenths // 10}.{tenths % 10}:1, which {usual} the "
        f"{RATIO_USUAL}:1 to {RATIO_LIMIT}:1 that usually works; the kernel may run out of memory "
        f"while movable memory is free",
    )


def _kernel_nodes(plan: Plan) -> Iterator[Fact]:
    for node in plan.nodes:
        if not node.kernel_node:
            continue
        because = list(causes_of(node.kernel_node_because))
        rest = len(because) - _REASONS_SHOWN
        # To count one takes as much room as to name it.
        reasons = [*because[:_REASONS_SHOWN], f"{rest} more"] if rest > 1 else because
        holds = f" holds {joined(reasons)}" if reasons else ""
        yield Fact(FactKind.KERNEL, f"node {node.nid}{holds}")
        remedy = unless(plan, node.nid)
        if remedy is not None:
            yield Fact(FactKind.NOTE, remedy)


def _without_kernel_memory(nodes: list[NodePieces]) -> Iterator[Fact]:
    alone = [node.nid for node in nodes if node.movable and node.movable == node.size]
    if not alone or len(alone) == len(nodes):
        return
    who, has, whose = ("node", "has", "its") if len(alone) == 1 else ("nodes", "have", "their")
    yield Fact(
        FactKind.NOTE,
        f"{who} {runs(alone, most=_RUNS)} {has} only movable memory: "
        f"{whose} kernel data is on other nodes",
    )
