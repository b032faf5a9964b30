"""Memory that firmware set apart (EFI_MEMORY_SP): which driver takes it, and as what.

*Mirrors:* drivers/dax/hmem/device.c and hmem.c, drivers/dax/kmem.c, kernel/resource.c
`region_intersects`, drivers/acpi/numa/hmat.c `hmat_register_target_devices`, 5.10 to 7.2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from srat_tool.base.span import Span, intersect, subtract
from srat_tool.base.units import inward
from srat_tool.kernel.late_rules import LateRules, SoftReservedRule

Owner = Literal["cxl", "hmem", "nobody"]
Mode = Literal["system-ram", "devdax"]


class Claim(NamedTuple):
    """A range that a device may be made of, and the node it is for (None: no node)."""

    span: Span
    nid: int | None


class DaxDevice(NamedTuple):
    """A device of dax_hmem.

    Attributes:
        claim: its range and node.
        mode: what it is used as; None when kmem refuses it.
        why: one clause.
        blocks: the memory that kmem adds from it, whole memory blocks; empty where none.
    """

    claim: Claim
    mode: Mode | None
    why: str
    blocks: Span = Span(0, 0)


class SoftPiece(NamedTuple):
    """A part of a soft-reserved range, its owner, and the device that it belongs to."""

    span: Span
    owner: Owner
    why: str
    device: DaxDevice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftReservedInputs:
    """What decides about soft-reserved memory; all spans in bytes.

    Attributes:
        ranges: soft-reserved ranges of the memory map, ascending.
        others: everything else in the resource tree: RAM and what firmware keeps.
        targets: SRAT memory ranges of the targets of a HMAT that is used, with their nodes.
        windows: CXL windows that cxl_acpi accepts.
        node_of: `phys_to_target_node`.
        block: memory block size.
        disabled: `dax_hmem.disable`.
        idle: `dax_hmem.region_idle`.
    """

    ranges: Sequence[Span]
    others: Sequence[Span]
    targets: Sequence[Claim]
    windows: Sequence[Span]
    node_of: Callable[[int], int | None]
    block: int
    disabled: bool = False
    idle: bool = False


def soft_reserved(rules: LateRules, inputs: SoftReservedInputs) -> tuple[SoftPiece, ...]:
    """Share the soft-reserved ranges out."""
    if not inputs.ranges:
        return ()
    if rules.soft_reserved is SoftReservedRule.LEFT_ALONE:
        return _nobody(inputs.ranges, "no driver of this kernel looks at it")
    if inputs.disabled:
        return _nobody(inputs.ranges, "dax_hmem.disable")
    return _Sharing(rules, inputs).pieces()


def _nobody(ranges: Sequence[Span], why: str) -> tuple[SoftPiece, ...]:
    return tuple(SoftPiece(span, "nobody", why) for span in ranges)


class _Sharing:
    """One run of the drivers over the ranges."""

    def __init__(self, rules: LateRules, inputs: SoftReservedInputs) -> None:
        self.rules = rules
        self.inputs = inputs
        self._dead: list[tuple[Span, str]] = []

    @property
    def _kmem(self) -> bool:
        return self.rules.soft_reserved is not SoftReservedRule.DEVICE_DAX

    def pieces(self) -> tuple[SoftPiece, ...]:
        """Return the ranges, cut where their owner changes."""
        devices = [self._device(claim) for claim in self._claims() if self._makes(claim)]
        found: list[SoftPiece] = []
        for span in self.inputs.ranges:
            mine = [d for d in devices if d.claim.span.overlaps(span)]
            found += [SoftPiece(d.claim.span.clip(span), "hmem", d.why, d) for d in mine]
            left = subtract([span], [device.claim.span for device in mine])
            found += [SoftPiece(rest, "nobody", self._why_dead(rest)) for rest in left]
        return tuple(sorted(found, key=lambda piece: piece.span))

    def _claims(self) -> list[Claim]:
        """Return the ranges in the order in which they are claimed: first come, first served.

        Before 6.3 a range claims nothing unless a device can be made of it.
        """
        whole = [Claim(span, self.inputs.node_of(span.start)) for span in self.inputs.ranges]
        taken: list[Claim] = []
        for claim in (*self.inputs.targets, *whole):
            free = not any(claim.span.overlaps(other.span) for other in taken)
            if claim.span and free and (self._kmem or self._is_soft(claim.span)):
                taken.append(claim)
        return taken

    def _makes(self, claim: Claim) -> bool:
        """Return whether a device is made of a claimed range; note why not."""
        if not intersect([claim.span], self.inputs.ranges):
            return False
        if self.rules.soft_reserved is SoftReservedRule.DEFERRED and self._under_window(claim.span):
            self._dead.append((claim.span, "a CXL window is over it, so it is left to CXL"))
            return False
        if self._is_soft(claim.span):
            return True
        why = "the SRAT range that the HMAT registers holds other resources, too: no device"
        self._dead.append((claim.span, why))
        return False

    def _is_soft(self, span: Span) -> bool:
        """`region_intersects`: part of it is soft reserved, and nothing else is in it.

        What is in no range of the memory map belongs to a PCI window, which is a resource.
        """
        if not intersect([span], self.inputs.ranges):
            return False
        return self.rules.soft_reserved_tree or not subtract([span], self.inputs.ranges)

    def _under_window(self, span: Span) -> bool:
        return any(window.overlaps(span) for window in self.inputs.windows)

    def _why_dead(self, span: Span) -> str:
        return next((why for dead, why in self._dead if dead.overlaps(span)), "no device is made")

    def _device(self, claim: Claim) -> DaxDevice:
        if not self._kmem:
            return DaxDevice(claim, "devdax", "this kernel leaves it a device")
        if self.inputs.idle:
            return DaxDevice(claim, "devdax", "dax_hmem.region_idle")
        if claim.nid is None:
            return DaxDevice(claim, None, "it is in no node, so kmem refuses it")
        inner = inward(claim.span, self.inputs.block)
        if not inner:
            return DaxDevice(claim, None, "it holds no whole memory block, so kmem refuses it")
        if self._is_taken(inner):
            return DaxDevice(claim, None, "kmem cannot reserve it: other resources are in the way")
        return DaxDevice(claim, "system-ram", "kmem makes memory of it", inner)

    def _is_taken(self, span: Span) -> bool:
        """Return whether `request_mem_region` fails: something in it, or an edge of a window."""
        if intersect([span], self.inputs.others):
            return True
        over = [window for window in self.inputs.windows if window.overlaps(span)]
        return any(not window.covers(span) for window in over)
