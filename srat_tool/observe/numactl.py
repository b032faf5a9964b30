"""`numactl --hardware`: the nodes of a running kernel, for where its node folders were not kept.

*Mirrors:* numactl.c `hardware` (2.0): nodes, their processors and sizes, the distances.
"""

from __future__ import annotations

import re

from srat_tool.base.units import MIB
from srat_tool.observe.sysnode import SysMemory, SysNode

_CPUS = re.compile(r"node (\d{1,7}) cpus:((?: \d{1,7})*) *")
_SIZE = re.compile(r"node (\d{1,7}) size: (\d{1,12}) MB")
_DISTANCES = re.compile(r" *(\d{1,7}): +(\d{1,3}(?: +\d{1,3})*) *")


def parse_numactl(text: str) -> SysMemory:
    """Read the output; what is not in it stays empty."""
    cpus: dict[int, tuple[int, ...]] = {}
    sizes: dict[int, int] = {}
    distances: dict[int, tuple[int, ...]] = {}
    for line in text.splitlines():
        if match := _CPUS.fullmatch(line):
            cpus[int(match[1])] = tuple(map(int, match[2].split()))
        elif match := _SIZE.match(line):
            sizes[int(match[1])] = int(match[2]) * MIB
        elif match := _DISTANCES.fullmatch(line):
            distances[int(match[1])] = tuple(map(int, match[2].split()))
    nodes = (
        SysNode(
            nid=nid,
            cpus=cpus.get(nid, ()),
            distances=distances.get(nid, ()),
            total=sizes.get(nid),
        )
        for nid in sorted(cpus.keys() | sizes.keys())
    )
    return SysMemory(nodes=tuple(nodes))
