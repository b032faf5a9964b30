"""Nodes and memory blocks from sysfs."""

from __future__ import annotations

from srat_tool.observe.sysnode import MAX_LIST, SysNode, parse_list, parse_sysnode


def test_lists() -> None:
    """Kernel lists, and what hostile ones are cut to."""
    assert parse_list("0-2,8\n") == (0, 1, 2, 8)
    assert parse_list("\n") == ()
    assert parse_list("x,3-1") == ()
    assert len(parse_list("0-9999999," * 50)) <= MAX_LIST + 1


def test_folders() -> None:
    """Files by the last parts of their paths; linked blocks by name alone."""
    found = parse_sysnode(
        {
            "sys/devices/system/node/node0/distance": "10 20\n",
            "sys/devices/system/node/node0/cpulist": "0-1\n",
            "sys/devices/system/node/node0/memory1": "",
            "sys/devices/system/node/node0/memory0/state": "online\n",
            "/sys/devices/system/node/node1/distance": "20 10\n",
            "/sys/devices/system/node/node1/meminfo": "Node 1 MemTotal:       1024 kB\nNode 1 x",
            "/sys/devices/system/node/has_memory": "0\n",
            "/sys/devices/system/memory/block_size_bytes": "8000000\n",
            "/sys/devices/system/memory/memory0/state": "online\n",
            "/sys/devices/system/memory/memory0/valid_zones": "none\n",
        }
    )
    assert found.nodes == (
        SysNode(nid=0, cpus=(0, 1), distances=(10, 20), blocks=(0, 1)),
        SysNode(nid=1, distances=(20, 10), total=1 << 20),
    )
    assert found.masks == {"has_memory": (0,)}
    assert found.block_bytes == 128 << 20
    assert (found.states, found.valid_zones) == ({0: "online"}, {0: "none"})


def test_nothing() -> None:
    """No files, no facts."""
    found = parse_sysnode({"memory/block_size_bytes": "rubbish"})
    assert (found.nodes, found.block_bytes) == ((), None)


def test_a_block_names_its_node() -> None:
    """A copy of the memory folder alone shows the node of each block by a link."""
    (node,) = parse_sysnode({"memory/memory32/node1": ""}).nodes
    assert (node.nid, node.blocks) == (1, (32,))
