"""Access classes, memory tiers and interleave weights out of sysfs."""

from __future__ import annotations

from srat_tool.observe.late_sysfs import SeenAccess, SeenTiers, parse_late_sysfs

NODE = "sys/devices/system/node"
FILES = {
    f"{NODE}/node1/access0/initiators/read_latency": "20\n",
    f"{NODE}/node1/access0/initiators/write_bandwidth": "5120\n",
    f"{NODE}/node1/access0/initiators/node2": "",
    f"{NODE}/node1/access0/initiators/node0/cpumap": "3\n",
    f"{NODE}/node0/access0/targets/node1": "",
    f"{NODE}/node2/access1/initiators/read_latency": "0\n",
    f"{NODE}/node1/memory_side_cache/index1/size": "268435456\n",
    f"{NODE}/node1/memory_side_cache/index1/line_size": "64\n",
    f"{NODE}/node1/memory_side_cache/index1/indexing": "0\n",
    "sys/devices/virtual/memory_tiering/memory_tier4/nodelist": "0,2-3\n",
    "sys/kernel/mm/mempolicy/weighted_interleave/node0": "21\n",
    "sys/kernel/mm/mempolicy/weighted_interleave/auto": "true\n",
}


def test_everything() -> None:
    """Links are initiators; a class without anything is none; a cache may lack a file."""
    seen = parse_late_sysfs(FILES)
    assert seen.access == (SeenAccess(1, 0, (0, 2), (20, 0, 0, 5120)),)
    assert seen.caches == {(1, 1): (268435456, 64, 0, None)}
    assert seen.tiers == {4: (0, 2, 3)}
    assert seen.weights == {0: 21}
    assert seen.automatic is True
    assert seen


def test_nothing() -> None:
    """What was not kept is not taken for absent, unless everything was kept."""
    assert parse_late_sysfs({}) == SeenTiers()
    assert not parse_late_sysfs({"sys/devices/system/node/node0/distance": "10"})
    assert parse_late_sysfs({}, whole_sysfs=True).access == ()


def test_what_is_no_number() -> None:
    """It counts as not given; a switch that is off is one."""
    weights = "sys/kernel/mm/mempolicy/weighted_interleave"
    seen = parse_late_sysfs(
        {
            f"{NODE}/node1/access1/initiators/read_latency": "many",
            f"{NODE}/node1/access1/initiators/node0": "",
            f"{weights}/node0": "",
            f"{weights}/auto": "false\n",
        }
    )
    assert seen.access == (SeenAccess(1, 1, (0,), (0, 0, 0, 0)),)
    assert seen.weights == {0: 0}
    assert seen.automatic is False
