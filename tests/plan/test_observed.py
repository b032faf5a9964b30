"""Evidence of one machine, put in one place."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.plan.observed import observe, observed_machine
from srat_tool.sources.found import Evidence, Role
from tests.compare.sample import LOG, NODE_FILES, ZONEINFO

LATE = "Jun 11 20:15:39 host kernel: usb 1-1: new device\n"
EARLY = "Linux version 6.1.0 (x)\nCommand line: quiet\n" + "\n".join(LOG)


def _piece(role: Role, text: str, label: str = "x") -> Evidence:
    return Evidence(role=role, label=label, data=text.encode())


def test_everything_at_once() -> None:
    """Each kind of evidence finds its place, and the log with the most facts is used."""
    found = observe(
        [
            _piece(Role.BOOT_LOG, LATE),
            _piece(Role.BOOT_LOG, EARLY),
            _piece(Role.ZONEINFO, ZONEINFO),
            _piece(Role.IOMEM, "00001000-bfffffff : System RAM\n"),
            _piece(Role.COMMAND_LINE, "other\n"),
            *(_piece(Role.NODE_FILE, text, path) for path, text in NODE_FILES.items()),
        ]
    )
    assert found.log is not None
    assert (found.release, found.command_line) == ("6.1.0", "quiet")
    assert len(found.zones) == 4
    assert found.memory_map is not None
    assert found.memory_map.entries[0].span == Span(0x1000, 0xC0000000)
    assert found.system is not None
    assert found.unread == ()


def test_the_firmware_map_is_better_than_iomem() -> None:
    """`/proc/iomem` shows what the kernel left of the map, so it comes last."""
    map_files = {"start": "0x0", "end": "0xfff", "type": "System RAM"}
    found = observe(
        [
            _piece(Role.IOMEM, "00001000-bfffffff : System RAM\n"),
            *(_piece(Role.FIRMWARE_MAP, t, f"/a/memmap/0/{n}") for n, t in map_files.items()),
        ]
    )
    assert found.memory_map is not None
    assert found.memory_map.entries[0].end == 0x1000


def test_what_cannot_be_read_is_said() -> None:
    """Unusable evidence leaves its place empty and a note."""
    found = observe(
        [
            _piece(Role.ZONEINFO, "rubbish"),
            _piece(Role.IOMEM, "00000000-00000000 : System RAM\n"),
            _piece(Role.FIRMWARE_MAP, "x", "/a/memmap/0/start"),
        ]
    )
    assert (found.zones, found.resources, found.memory_map) == ((), (), None)
    assert len(found.unread) == 3


def test_release_and_options_without_a_log() -> None:
    """`/proc/version` and `/proc/cmdline` replace a log."""
    found = observe(
        [
            _piece(Role.RELEASE, "Linux version 6.1.0-x (y) #1\n"),
            _piece(Role.COMMAND_LINE, "quiet movable_node\n"),
        ]
    )
    assert (found.release, found.command_line) == ("6.1.0-x", "quiet movable_node")
    assert found.log is None


def test_a_log_of_the_running_kernel_goes_first() -> None:
    """A journal of the boot before, with another kernel or other options, counts less."""
    other = EARLY.replace("6.1.0", "5.10.0")
    before = EARLY.replace("quiet", "quiet movable_node")
    running = _piece(Role.RELEASE, "Linux host 6.1.0 #1 SMP x86_64 GNU/Linux\n")
    line = _piece(Role.COMMAND_LINE, "quiet\n")
    logs = [_piece(Role.BOOT_LOG, text) for text in (other, before, EARLY)]
    found = observe([*logs, running, line])
    assert found.log is not None
    assert (found.log.release, found.log.command_line) == ("6.1.0", "quiet")


def test_zones_stand_in_for_a_map() -> None:
    """Without a map, the zones of the running kernel show what RAM there is."""
    zones = "\nNode 0, zone".join(ZONEINFO.split("\nNode 0, zone")[:2]) + "\n"
    found = observe([_piece(Role.ZONEINFO, zones)])
    assert found.memory_map is None
    assert found.zone_map is not None
    machine = observed_machine([], found)
    assert machine.memory_map == found.zone_map.map
    assert [a.what for a in machine.assumptions] == ["memory map"]


def test_nodes_of_numactl() -> None:
    """Where the node folders were not kept, numactl lists the nodes."""
    found = observe([_piece(Role.NODES, "node 0 cpus: 0\nnode 0 size: 10 MB\n")])
    assert found.system is not None
    assert found.system.nodes[0].total == 10 << 20


def test_architecture_and_release_of_uname() -> None:
    """`uname -a` has both, for a log that has lost its beginning."""
    found = observe([_piece(Role.RELEASE, "Linux h 6.6.1 #1 SMP aarch64 GNU/Linux\n")])
    machine = observed_machine([], found)
    assert (machine.profile, machine.arch) == ("6.6.1", "aarch64")
