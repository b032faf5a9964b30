"""What sysfs shows of access classes, memory-side caches, memory tiers and interleave weights.

*Mirrors:* drivers/base/node.c, mm/memory-tiers.c and mm/mempolicy.c, since 5.2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from srat_tool.base.numerals import whole
from srat_tool.observe.sysnode import parse_list

NUMBERS = ("read_latency", "write_latency", "read_bandwidth", "write_bandwidth")
"""The files of an access class; latencies are in ns, bandwidths in MB/s."""
CACHE_FILES = ("size", "line_size", "indexing", "write_policy")
_ACCESS = re.compile(
    r"(?:.*/)?node(\d{1,7})/access([01])/initiators/(?:node(\d{1,7})(?:/.{0,64})?|([a-z_]{1,20}))"
)
_CACHE = re.compile(r"(?:.*/)?node(\d{1,7})/memory_side_cache/index(\d{1,4})/([a-z_]{1,20})")
_TIER = re.compile(r"(?:.*/)?memory_tiering/memory_tier(\d{1,9})/nodelist")
_WEIGHT = re.compile(r"(?:.*/)?weighted_interleave/(?:node(\d{1,7})|auto)")
_YES = frozenset({"1", "y", "Y", "true"})


class SeenAccess(NamedTuple):
    """An access class of a node.

    Attributes:
        nid: the node.
        access_class: 0 or 1.
        initiators: nodes, ascending.
        numbers: in the order of `NUMBERS`; 0 is not given.
    """

    nid: int
    access_class: int
    initiators: tuple[int, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTiers:
    """All of it; None where sysfs has no such folder, or it was not kept.

    Attributes:
        access: by node and class; classes without any initiator and number are left out.
        caches: of a node and index, in the order of `CACHE_FILES`; None where a file was not kept.
        tiers: nodes of each tier, by its number.
        weights: interleave weight of each node.
        automatic: the kernel works the weights out itself; None where it has no such switch.
    """

    access: tuple[SeenAccess, ...] | None = None
    caches: Mapping[tuple[int, int], tuple[int | None, ...]] = field(default_factory=dict)
    tiers: Mapping[int, tuple[int, ...]] | None = None
    weights: Mapping[int, int] | None = None
    automatic: bool | None = None

    def __bool__(self) -> bool:
        return any(one is not None for one in (self.access, self.tiers, self.weights))


def parse_late_sysfs(files: Mapping[str, str], *, whole_sysfs: bool = False) -> SeenTiers:
    """Read what there is.

    Args:
        files: contents by path, of which the last parts count:
            `node/node1/access0/initiators/read_latency`, `.../initiators/node0` (a link, whatever
            it holds), `memory_tiering/memory_tier4/nodelist`, `weighted_interleave/node0`.
        whole_sysfs: everything was kept, so that what is not there does not exist.
    """
    caches = _caches(files)
    found = [(match, text) for path, text in files.items() if (match := _TIER.fullmatch(path))]
    weights, automatic = _weights(files)
    return SeenTiers(
        access=_access(files) or (() if whole_sysfs else None),
        caches=caches,
        tiers={int(match[1]): parse_list(text) for match, text in found} or None,
        weights=weights or None,
        automatic=automatic,
    )


def _access(files: Mapping[str, str]) -> tuple[SeenAccess, ...] | None:
    """Return the classes with anything in them; None where there is no class at all."""
    classes: dict[tuple[int, int], tuple[set[int], dict[str, int]]] = {}
    for path, text in files.items():
        match = _ACCESS.fullmatch(path)
        if match is None:
            continue
        initiators, numbers = classes.setdefault((int(match[1]), int(match[2])), (set(), {}))
        if match[3]:
            initiators.add(int(match[3]))
        else:
            numbers[match[4]] = whole(text.strip()) or 0
    rows = (
        SeenAccess(nid, number, tuple(sorted(near)), tuple(found.get(name, 0) for name in NUMBERS))
        for (nid, number), (near, found) in sorted(classes.items())
    )
    return tuple(row for row in rows if row.initiators or any(row.numbers)) if classes else None


def _caches(files: Mapping[str, str]) -> dict[tuple[int, int], tuple[int | None, ...]]:
    caches: dict[tuple[int, int], dict[str, int | None]] = {}
    for path, text in files.items():
        if match := _CACHE.fullmatch(path):
            caches.setdefault((int(match[1]), int(match[2])), {})[match[3]] = whole(text.strip())
    return {at: tuple(map(found.get, CACHE_FILES)) for at, found in sorted(caches.items())}


def _weights(files: Mapping[str, str]) -> tuple[dict[int, int], bool | None]:
    """Return the weights, and whether the kernel sets them; None where it cannot."""
    found = [(match, text) for path, text in files.items() if (match := _WEIGHT.fullmatch(path))]
    weights = {int(match[1]): whole(text.strip()) or 0 for match, text in found if match[1]}
    switch = [text.strip() in _YES for match, text in found if not match[1]]
    return weights, switch[0] if switch else None
