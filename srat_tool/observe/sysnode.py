"""`/sys/devices/system/node` and `/sys/devices/system/memory`: nodes and blocks as they run.

*Mirrors:* drivers/base/node.c and drivers/base/memory.c (since 2.6).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from srat_tool.base.numerals import whole
from srat_tool.base.units import KIB

_NODE_FILE = re.compile(r"(?:.*/)?node/node(\d{1,7})/([a-z_]{1,20})")
_NODE_BLOCK = re.compile(r"(?:.*/)?node/node(\d{1,7})/memory(\d{1,12})(?:/.{0,64})?")
_MASK = re.compile(r"(?:.*/)?node/((?:has_)?[a-z_]{1,24})")
_BLOCK_SIZE = re.compile(r"(?:.*/)?memory/block_size_bytes")
_BLOCK_NODE = re.compile(r"(?:.*/)?memory/memory(\d{1,12})/node(\d{1,7})")
_BLOCK_FILE = re.compile(r"(?:.*/)?memory/memory(\d{1,12})/(state|valid_zones)")
_TOTAL = re.compile(r"(?m)^Node \d{1,7} MemTotal: +(\d{1,15}) kB")
_RANGE = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")
MAX_LIST = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SysNode:
    """One node; `distances` are in the order of the online nodes.

    Attributes:
        nid: the node's number.
        cpus: `cpulist`, processors as Linux numbers them.
        distances: `distance`.
        blocks: numbers of the memory blocks linked below the node.
        total: bytes of memory, from `meminfo`; None where that was not kept.
    """

    nid: int
    cpus: tuple[int, ...] = ()
    distances: tuple[int, ...] = ()
    blocks: tuple[int, ...] = ()
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SysMemory:
    """What sysfs shows about nodes and memory blocks; empty where a file was not there.

    Attributes:
        nodes: in ascending order.
        masks: node masks by name: `online`, `possible`, `has_memory`, ...
        block_bytes: size of a memory block.
        states: state of each block: `online`, `offline`, `going-offline`.
        valid_zones: zones that each block is in, or could go to.
    """

    nodes: tuple[SysNode, ...] = ()
    masks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    block_bytes: int | None = None
    states: Mapping[int, str] = field(default_factory=dict)
    valid_zones: Mapping[int, str] = field(default_factory=dict)


def parse_list(text: str) -> tuple[int, ...]:
    """Read a kernel list, `0-3,8`; what is not a number, or absurdly long, is left out."""
    numbers: list[int] = []
    for part in text.strip().split(","):
        match = _RANGE.fullmatch(part.strip())
        if match:
            first = int(match[1])
            last = int(match[2] or first)
            numbers += range(first, min(last, first + MAX_LIST - len(numbers)) + 1)
        if len(numbers) >= MAX_LIST:
            break
    return tuple(numbers)


def parse_sysnode(files: Mapping[str, str]) -> SysMemory:
    """Read the two folders.

    Args:
        files: contents by path, of which the last parts count: `node/node0/distance`,
            `node/node0/memory4` and `memory/memory4/node0` (links, whatever they hold),
            `memory/block_size_bytes`.
    """
    distances: dict[int, tuple[int, ...]] = {}
    cpus: dict[int, tuple[int, ...]] = {}
    blocks: dict[int, set[int]] = {}
    totals: dict[int, int] = {}
    nids: set[int] = set()
    for path, text in files.items():
        if match := _NODE_BLOCK.fullmatch(path):
            nids.add(int(match[1]))
            blocks.setdefault(int(match[1]), set()).add(int(match[2]))
        elif match := _BLOCK_NODE.fullmatch(path):
            nids.add(int(match[2]))
            blocks.setdefault(int(match[2]), set()).add(int(match[1]))
        elif match := _NODE_FILE.fullmatch(path):
            nids.add(int(match[1]))
            if match[2] == "distance":
                distances[int(match[1])] = _distances(text)
            elif match[2] == "cpulist":
                cpus[int(match[1])] = parse_list(text)
            elif match[2] == "meminfo" and (total := _TOTAL.search(text)):
                totals[int(match[1])] = int(total[1]) * KIB
    nodes = tuple(
        SysNode(
            nid=nid,
            cpus=cpus.get(nid, ()),
            distances=distances.get(nid, ()),
            blocks=tuple(sorted(blocks.get(nid, ()))),
            total=totals.get(nid),
        )
        for nid in sorted(nids)
    )
    return SysMemory(
        nodes=nodes,
        masks=_masks(files),
        block_bytes=_block_bytes(files),
        states=_block_files(files, "state"),
        valid_zones=_block_files(files, "valid_zones"),
    )


def _distances(text: str) -> tuple[int, ...]:
    return tuple(number for number in map(whole, text.split()) if number is not None)


def _masks(files: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    found = ((_MASK.fullmatch(path), text) for path, text in files.items())
    return {match[1]: parse_list(text) for match, text in found if match}


def _block_bytes(files: Mapping[str, str]) -> int | None:
    for path, text in files.items():
        if _BLOCK_SIZE.fullmatch(path):
            try:
                return int(text.strip()[:16], 16)  # hexadecimal, without 0x
            except ValueError:
                return None
    return None


def _block_files(files: Mapping[str, str], name: str) -> dict[int, str]:
    found = ((_BLOCK_FILE.fullmatch(path), text) for path, text in files.items())
    return {int(m[1]): text.strip() for m, text in found if m and m[2] == name}
