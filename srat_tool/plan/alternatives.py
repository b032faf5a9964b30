"""Outcomes that depend on what cannot be known before the boot.

Each alternative is a separate boot, with one input changed: where the kernel image is (KASLR),
how large it is, where the initrd is and how large, or which memory is mirrored. Only those that
change something are returned.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from srat_tool.base.span import Span, intersect, union
from srat_tool.base.units import GIB, MIB, align_down, align_up
from srat_tool.kernel.memblock import Memblock
from srat_tool.kernel.memblock_type import MemblockFlags, MemblockType
from srat_tool.kernel.profile import KaslrRange
from srat_tool.plan.boot_path import (
    BOOT_SERVICES,
    INITRD,
    INITRD_BYTES,
    LARGE_INITRD_BYTES,
    NO_INITRD,
    initrd_places,
)
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.mirrored import MIRRORED, mirrored_layouts
from srat_tool.plan.node_outcome import NodeChange, NodeOutcome, names
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.plan import Alternative, MovableStart
from srat_tool.plan.reservations import IMAGE_ALIGN, KERNEL_IMAGE

Reboot = Callable[[Inputs], Outcome]
# Each alternative is a boot, whose cost grows with the nodes: their product is bounded to about a
# second of work. Measured: 6 ms a boot with 64 nodes, 30 with 256, 170 with 1,024.
MAX_NODE_BOOTS = 1 << 13
MIN_BOOTS = 8
# Measured: 34 MiB (a cloud kernel of 5.10) to 52 MiB (7.3); with room for debug builds.
_IMAGE_SIZES = (34 * MIB, 64 * MIB)
# Of firmware of QEMU 20 to 60 MiB, of servers up to some hundreds.
_BOOT_SERVICES_SIZES = (128 * MIB, 512 * MIB)
_EMPTY = Span(0, 0)


class Condition(NamedTuple):
    """An input that may be otherwise.

    Attributes:
        words: what is otherwise, up to its nodes.
        inputs: those of the boot that it gives.
        cause: as of `Alternative`.
        nids: the nodes that it is about; empty for none.
    """

    words: str
    inputs: Inputs
    cause: str | None = None
    nids: frozenset[int] = frozenset()

    @property
    def sentence(self) -> str:
        """What is otherwise."""
        return f"{self.words} {names(self.nids)}" if self.nids else self.words


def alternatives(outcome: Outcome, reboot: Reboot) -> tuple[Alternative, ...]:
    """Return what changes if the kernel image or the initrd is elsewhere.

    Args:
        outcome: the boot that is planned.
        reboot: boots changed inputs.
    """
    if outcome.boot.died is not None or outcome.numa.used == "off":
        return ()
    return tuple(_distinct(outcome, reboot))


def _distinct(outcome: Outcome, reboot: Reboot) -> Iterator[Alternative]:
    seen = {_answer(outcome)}
    found = (
        *_initrd_elsewhere(outcome),
        *_boot_services_elsewhere(outcome),
        *_mirrored_elsewhere(outcome),
        *_image_sized(outcome),
        *_image_elsewhere(outcome),
    )
    most = max(MIN_BOOTS, MAX_NODE_BOOTS // max(1, len(outcome.numa.info.possible)))
    if len(found) > most:
        outcome.inputs.assume(
            "alternatives",
            f"{most} of {len(found)}",
            "so many nodes have so many outcomes; set the place with --kernel-image and --initrd",
        )
    for condition in found[:most]:
        other = reboot(condition.inputs)
        answer = _answer(other)
        if answer not in seen:
            seen.add(answer)
            yield _alternative(condition, outcome, other)


def _answer(outcome: Outcome) -> tuple[tuple[int, ...], tuple[MovableStart, ...]]:
    starts = tuple(MovableStart(nid, start) for nid, start in outcome.starts.items())
    return tuple(sorted(outcome.kernel_nodes)), starts


def _alternative(condition: Condition, outcome: Outcome, other: Outcome) -> Alternative:
    nodes, starts = _answer(other)
    change = _change(outcome, other)
    of_nodes = NodeOutcome(condition.words, condition.nids, change) if condition.nids else None
    return Alternative(
        condition.sentence, change.sentence(), nodes, starts, condition.cause, of_nodes
    )


def _change(outcome: Outcome, other: Outcome) -> NodeChange:
    before, after = frozenset(outcome.kernel_nodes), frozenset(other.kernel_nodes)
    return NodeChange(
        become=after - before,
        cease=before - after,
        lose=frozenset(outcome.starts.keys() - other.starts.keys()),
        gain=frozenset(other.starts.keys() - outcome.starts.keys()),
        moves=other.starts != outcome.starts,
    )


def _initrd_elsewhere(outcome: Outcome) -> Iterator[Condition]:
    """Go over the places and sizes of an initrd that was only assumed."""
    inputs = outcome.inputs
    assumed = [a.value for a in inputs.assumptions if a.what == INITRD]
    if not assumed or not outcome.starts_matter:
        return
    memblock = outcome.boot.memblock
    places = initrd_places(inputs, memblock, INITRD_BYTES)
    if assumed != [NO_INITRD]:
        yield _initrd("there is no initrd", inputs, _EMPTY)
    elif places is not None:
        words = f"an initrd is loaded below {places.usual.end:#x}"
        yield _initrd(words, inputs, places.usual)
    yield from _larger(inputs, memblock)
    for who, span in places.others if places is not None else ():
        yield _initrd(f"{who} the initrd below {span.end:#x}", inputs, span)


def _larger(inputs: Inputs, memblock: Memblock) -> Iterator[Condition]:
    size = INITRD_BYTES
    while size < LARGE_INITRD_BYTES:
        size *= 4
        places = initrd_places(inputs, memblock, size)
        if places is not None:
            yield _initrd(f"the initrd has {size // MIB} MiB", inputs, places.usual)


def _initrd(words: str, inputs: Inputs, span: Span) -> Condition:
    machine = replace(inputs.machine, initrd=span)
    return Condition(words, replace(inputs, machine=machine, assumptions=[]), INITRD)


def _boot_services_elsewhere(outcome: Outcome) -> Iterator[Condition]:
    """Go over sizes of boot services that were only assumed, and leave them and an initrd out."""
    inputs = outcome.inputs
    assumed = {a.what for a in inputs.assumptions}
    if BOOT_SERVICES not in assumed or not outcome.starts_matter:
        return
    top = max(one.span.end for one in outcome.labels if one.what == BOOT_SERVICES)
    for size in _BOOT_SERVICES_SIZES:
        words = f"the EFI boot services have {size // MIB} MiB"
        yield _with_services(words, inputs, boot_services=(Span(max(0, top - size), top),))
    words = f"the EFI boot services are not below {top:#x}"
    if INITRD in assumed:
        words = f"neither the EFI boot services nor an initrd are below {top:#x}"
        yield _with_services(words, inputs, boot_services=(), initrd=_EMPTY)
    else:
        yield _with_services(words, inputs, boot_services=())


def _with_services(words: str, inputs: Inputs, **fields: Any) -> Condition:
    machine = replace(inputs.machine, **fields)
    return Condition(words, replace(inputs, machine=machine, assumptions=[]), BOOT_SERVICES)


def _mirrored_elsewhere(outcome: Outcome) -> Iterator[Condition]:
    inputs = outcome.inputs
    if not any(a.what == MIRRORED for a in inputs.assumptions):
        return
    ram = union(region.span for region in outcome.boot.memblock.memory)
    for words, spans in mirrored_layouts(inputs, ram):
        yield Condition(
            words, replace(inputs, machine=replace(inputs.machine, mirrored=spans), assumptions=[])
        )


def _image_sized(outcome: Outcome) -> Iterator[Condition]:
    """Go over sizes of an image whose place was only assumed."""
    inputs = outcome.inputs
    assumed = any(a.what == KERNEL_IMAGE for a in inputs.assumptions)
    if not assumed or not outcome.starts_matter:
        return
    image = next((one.span for one in outcome.labels if one.what == KERNEL_IMAGE), None)
    if image is None:
        return
    for size in _IMAGE_SIZES:
        words = f"the kernel image has {size // MIB} MiB"
        yield Condition(words, _with_image(inputs, Span(image.start, image.start + size)))


def _image_can_move(inputs: Inputs) -> bool:
    if not any(a.what == KERNEL_IMAGE for a in inputs.assumptions):
        return False
    if inputs.arch.kernel_base is None:  # firmware decides
        return True
    off = inputs.options.has("nokaslr") or inputs.log.kaslr_disabled
    return inputs.profile.kaslr is not KaslrRange.NOWHERE and not off and inputs.arch.has_e820


def _image_elsewhere(outcome: Outcome) -> Iterator[Condition]:
    """Go over the nodes on which the image could be: for the boot stub those with non-hot memory.

    A SRAT that comes with the initrd is not seen by the boot stub, which then uses all RAM.
    """
    inputs = outcome.inputs
    if not _image_can_move(inputs):
        return
    size = outcome.boot.profile.arch.kernel_image
    memory = outcome.boot.memblock.memory
    kernel = set(outcome.kernel_nodes)
    hot = {r.nid for r in memory if r.nid is not None and r.flags & MemblockFlags.HOTPLUG}
    everywhere = [r.span for r in memory]
    by_firmware = inputs.arch.kernel_base is None
    ways: tuple[tuple[str, list[Span], set[int] | None], ...] = (("KASLR", everywhere, None),)
    if by_firmware:
        ways = (("firmware", everywhere, None),)
    elif inputs.profile.kaslr is KaslrRange.FIRST_GIB:
        ways = (("KASLR", intersect(everywhere, [Span(inputs.arch.kernel_base or 0, GIB)]), None),)
    elif inputs.profile.kaslr is KaslrRange.COLD_RAM:
        ways = (
            ("KASLR", _slots(outcome), None),
            ("the SRAT comes with the initrd and KASLR", everywhere, {*outcome.starts, *hot}),
        )
    for who, spans, about in ways:
        for nids, place in _places(memory, spans, size):
            new = nids - kernel
            if new and (about is None or new & about):
                there = nids if by_firmware else new
                words = f"{who} puts the kernel on"
                yield Condition(words, _with_image(inputs, place), KERNEL_IMAGE, there)


def _places(
    memory: MemblockType, spans: list[Span], size: int
) -> Iterator[tuple[frozenset[int], Span]]:
    """Yield each set of nodes on which an image of a size can be, and one place; few nodes first.

    Places that end at, begin at or are across a border of nodes differ in their nodes.
    """
    found: dict[frozenset[int], Span] = {}
    borders = [r.base for r in memory]
    for span in union(spans):
        first, last = align_up(span.start, IMAGE_ALIGN), span.end - size
        inside = borders[bisect_right(borders, span.start) : bisect_left(borders, span.end)]
        tried = [first, *(at + off for at in inside for off in (-size, 0, -size // 2)), last]
        for start in (align_down(at, IMAGE_ALIGN) for at in tried if first <= at <= last):
            nids = {r.nid for r in memory.overlapping(start, start + size)}
            found.setdefault(
                frozenset(nid for nid in nids if nid is not None), Span(start, start + size)
            )
    yield from sorted(found.items(), key=lambda one: (len(one[0]), one[1]))


def _with_image(inputs: Inputs, span: Span) -> Inputs:
    return replace(inputs, machine=replace(inputs.machine, kernel_image=span), assumptions=[])


def _slots(outcome: Outcome) -> list[Span]:
    """Return the RAM that the boot stub may use.

    It looks at the hot-pluggable bit of every entry, enabled or not; all entries hot means all RAM.
    """
    memory = outcome.inputs.srat_memory
    cold = union(
        Span(entry.base_address, entry.base_address + entry.range_length)
        for entry in memory
        if not entry.hot_pluggable and entry.range_length
    )
    ram = [region.span for region in outcome.boot.memblock.memory]
    return intersect(ram, cold) if cold else ram
