"""CXL devices that were given, and regions of them, as values. Sizes and addresses are bytes."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.kernel.cxl_region import Ways


class CxlDevice(NamedTuple):
    """A CXL memory device, as an option describes it; None where a value was not given.

    Attributes:
        label: where its CDAT is from.
        cdat: the bytes of its CDAT.
        speed: of its link, in Mb/s of a lane.
        width: lanes of its link.
        bridge: _UID of the host bridge above it.
        flit: bytes of a flit of its link, 68 or 256.
    """

    label: str
    cdat: bytes
    speed: int | None = None
    width: int | None = None
    bridge: int | None = None
    flit: int | None = None


class RegionPlan(NamedTuple):
    """The CXL region of a device of kmem.

    Attributes:
        id: the device.
        span: its addresses.
        window: the place of its window among those of the CEDT; None outside of all.
        nid: the node of its first address; None for no node.
        members: labels of its devices, in order.
        ways: its numbers; 0 is not given.
        why: one clause about them.
    """

    id: str
    span: Span
    window: int | None
    nid: int | None
    members: tuple[str, ...]
    ways: Ways
    why: str
