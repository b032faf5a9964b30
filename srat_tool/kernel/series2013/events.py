"""Events of building the direct map, part of the events of a boot (`kernel/events.py`)."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.kernel.direct_map import Part


class RunMapped(NamedTuple):
    """The mapping of a run of blocks of one node begins; the span may end before it starts."""

    nid: int
    span: Span


class GbPages(NamedTuple):
    """Pages of 1 GiB are used."""


class RamMapped(NamedTuple):
    """A piece of RAM is mapped, cut into parts by page size."""

    span: Span
    parts: tuple[Part, ...]


class BrkTaken(NamedTuple):
    """A page table page was allocated at the end of the kernel image."""

    page: Span
