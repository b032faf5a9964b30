"""What a running machine reports about itself, from a copy of its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.observe.late_sysfs import SeenAccess, parse_late_sysfs
from srat_tool.sources.found import Role
from srat_tool.sources.live import read_live

FILES = {
    "proc/zoneinfo": "Node 0, zone DMA\n",
    "proc/cmdline": "quiet\n",
    "proc/version": "Linux version 6.1.0\n",
    "sys/firmware/memmap/0/start": "0x0\n",
    "sys/firmware/memmap/0/end": "0xfff\n",
    "sys/firmware/memmap/0/type": "System RAM\n",
    "sys/devices/system/node/online": "0\n",
    "sys/devices/system/node/node0/distance": "10\n",
    "sys/devices/system/node/node0/access0/initiators/read_latency": "10\n",
    "sys/devices/system/node/node0/memory_side_cache/index1/line_size": "64\n",
    "sys/devices/system/node/node0/memory_side_cache/uevent": "\n",
    "sys/devices/virtual/memory_tiering/memory_tier4/nodelist": "0\n",
    "sys/kernel/mm/mempolicy/weighted_interleave/node0": "1\n",
    "sys/devices/system/memory/block_size_bytes": "8000000\n",
    "sys/devices/system/memory/memory0/state": "online\n",
}
KMSG = "6,0,0,-;Linux version 6.1.0\n5,1,0,-;  node   0: x\\x09y\n"


def _machine(root: Path, kmsg: str = KMSG) -> Path:
    for name, text in {**FILES, "dev/kmsg": kmsg}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    block = root / "sys/devices/system/node/node0/memory0"
    block.symlink_to(root / "sys/devices/system/memory/memory0")
    initiator = root / "sys/devices/system/node/node0/access0/initiators/node0"
    initiator.symlink_to(root / "sys/devices/system/node/node0")
    return root


def test_everything_that_is_there(tmp_path: Path) -> None:
    """Each file has its role; what is missing is refused with its reason."""
    found = read_live(_machine(tmp_path))
    by_role = {e.role: e for e in found.evidence}
    of_reports = {Role.MEMORY_BLOCKS, Role.NODES, Role.DMI, Role.HOST_NAME}
    assert set(by_role) == set(Role) - {Role.KERNEL_CONFIG, Role.IOMEM, Role.SPEC} - of_reports
    assert by_role[Role.BOOT_LOG].data == b"Linux version 6.1.0\n  node   0: x\ty\n"
    assert [r.label for r in found.refused] == [str(tmp_path / "proc/iomem")]
    labels = [e.label for e in found.evidence if e.role is Role.NODE_FILE]
    assert str(tmp_path / "sys/devices/system/node/node0/memory0") in labels
    seen = parse_late_sysfs({e.label: e.data.decode() for e in found.evidence})
    assert seen.access == (SeenAccess(0, 0, (0,), (10, 0, 0, 0)),)
    assert seen.caches == {(0, 1): (None, 64, None, None)}
    assert (seen.tiers, seen.weights) == ({4: (0,)}, {0: 1})


def test_a_log_without_its_beginning_is_refused(tmp_path: Path) -> None:
    """A ring buffer that has wrapped contains nothing about the boot."""
    found = read_live(_machine(tmp_path, "6,9000,0,-;usb 1-1: new device\n"))
    assert "the start of the log is gone" in [r.reason for r in found.refused]


def test_an_empty_root_refuses_everything(tmp_path: Path) -> None:
    """Nothing there is nothing found, and no error."""
    found = read_live(tmp_path)
    assert found.evidence == []
    assert len(found.refused) == 5


@pytest.mark.skipif(not Path("/proc/zoneinfo").exists(), reason="not a Linux with /proc")
def test_this_machine_tells_its_zones() -> None:
    """The running machine's zones can be read by every user."""
    assert any(e.role is Role.ZONEINFO for e in read_live().evidence)
