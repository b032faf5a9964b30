"""What happens after the zones are set up: fallback lists, HMAT, memory tiers, as typed values.

`printk_late.py` has the lines. Latencies are in ns, bandwidths in MB/s.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias


class FallbackOrder(NamedTuple):
    """The nodes whose memory a node uses, in order."""

    nid: int
    order: tuple[int, ...]


class TargetNotReserved(NamedTuple):
    """Memory of a domain is listed again, or has no length; start and length are the entry's."""

    pxm: int
    start: int
    length: int


class HmatIgnored(NamedTuple):
    """The HMAT is dropped: for its revision, or (None) for a bad structure."""

    revision: int | None


class HmatZeroLength(NamedTuple):
    """A walk over structures of one type met a length of zero."""

    type: int


class HmatLength(NamedTuple):
    """A structure is too short or too long; `needed` is set where its counts require more."""

    type: int
    length: int
    needed: int | None = None


class HmatMemory(NamedTuple):
    """A structure of type 0 was read; `span` (base, length) is that of revision 1."""

    flags: int
    processor_domain: int
    memory_domain: int
    span: tuple[int, int] | None = None


class HmatLocality(NamedTuple):
    """A structure of type 1 was read; `values` has a row of numbers per initiator."""

    flags: int
    data_type: int
    initiators: tuple[int, ...]
    targets: tuple[int, ...]
    base: int
    values: Sequence[Sequence[int]]


class HmatCache(NamedTuple):
    """A structure of type 2 was read."""

    memory_domain: int
    size: int
    attributes: int
    smbios_handles: int


class DramMismatch(NamedTuple):
    """Two DRAM nodes differ by more than a tenth; numbers as `Coordinate` orders them."""

    reference: int
    reference_numbers: tuple[int, int, int, int]
    nid: int
    numbers: tuple[int, int, int, int]


class DemotionTargets(NamedTuple):
    """Where pages of a node are demoted to; both empty for the slowest tier."""

    nid: int
    preferred: tuple[int, ...]
    fallback: tuple[int, ...]


LateEvent: TypeAlias = (
    FallbackOrder
    | TargetNotReserved
    | HmatIgnored
    | HmatZeroLength
    | HmatLength
    | HmatMemory
    | HmatLocality
    | HmatCache
    | DramMismatch
    | DemotionTargets
)
