"""Nodes as `numactl --hardware` prints them."""

from __future__ import annotations

from srat_tool.observe.numactl import parse_numactl
from srat_tool.observe.sysnode import SysNode

TEXT = """\
available: 2 nodes (0-1)
node 0 cpus: 0 2
node 0 size: 1913 MB
node 0 free: 1800 MB
node 1 cpus:
node 1 size: 0 MB
node 1 free: 0 MB
node distances:
node   0   1
  0:  10  20
  1:  20  10
"""


def test_nodes() -> None:
    """Processors, size and distances of each node."""
    assert parse_numactl(TEXT).nodes == (
        SysNode(nid=0, cpus=(0, 2), distances=(10, 20), total=1913 << 20),
        SysNode(nid=1, cpus=(), distances=(20, 10), total=0),
    )


def test_other_text_gives_nothing() -> None:
    """No support in the kernel, no nodes."""
    assert parse_numactl("No NUMA available on this system\n").nodes == ()
