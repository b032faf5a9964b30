"""A guest in which events happen: room for devices, a user space that obeys, steps for its host.

User space is one shell script under busybox. It reads commands from its second serial port: `snap`
prints the memory blocks and zones, `late` the files of access classes, memory-side caches, memory
tiers and interleave weights with their contents, `state BLOCK WORD` writes to a state file,
`rest` waits until the processor sleeps, `run LINE` is a line of the shell, in which $B is busybox.
All answer with a last line `END`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from srat_tool.authoring.cpio import FILE_MODE, FOLDER_MODE, CpioFile, newc
from srat_tool.authoring.guest import ADDRESS_END, MAX_NODES, Guest
from srat_tool.base.errors import SpecError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, align_up, exact_size
from srat_tool.grammar.header import decode_header, with_checksum
from srat_tool.kernel.hotplug.events import (
    AddDimm,
    AddKmem,
    AddVirtioMem,
    ChangeState,
    MemoryEvent,
    RemoveDevice,
    Resize,
)
from srat_tool.tables.header import HEADER_SIZE

_EXECUTABLE = FILE_MODE | 0o111
INIT = """#!/bin/busybox sh
B=/bin/busybox
$B mount -t proc proc /proc
$B mount -t sysfs sys /sys
$B mount -t devtmpfs dev /dev
M=/sys/devices/system/memory
for k in /modules/*.ko; do [ -e $k ] && $B insmod $k; done
exec </dev/ttyS1 >/dev/ttyS1 2>/dev/null
$B stty -echo -onlcr
echo READY
while read what block word; do
 case $what in
 snap)
  read size <$M/block_size_bytes; echo "size $size"
  for d in $M/memory[0-9]*; do
   n=; for x in $d/node[0-9]*; do [ -e $x ] && n="$n,${x##*/node}"; done
   z=; read s <$d/state; read z <$d/valid_zones
   echo "block ${d##*/memory} ${n#,} $s $z"
  done
  $B cat /proc/zoneinfo | $B grep -E '^Node|spanned|present|managed|start_pfn' ;;
 late)
  for x in /sys/devices/system/node/node[0-9]*/access[01]/initiators/* \
   /sys/devices/system/node/node[0-9]*/memory_side_cache/index[0-9]*/* \
   /sys/devices/virtual/memory_tiering/memory_tier[0-9]*/nodelist \
   /sys/kernel/mm/mempolicy/weighted_interleave/*; do
   [ -e $x ] || continue
   v=; [ -f $x ] && read v <$x; echo "$x $v"
  done ;;
 rest)
  read cpu user nice system idle rest </proc/stat
  while $B usleep 400000; do
   was=$idle; read cpu user nice system idle rest </proc/stat
   [ $((idle - was)) -ge 30 ] && break
  done ;;
 run)
  ( eval "$block $word" ) 2>&1 ;;
 state)
  e=$( { echo $word >$M/memory$block/state; } 2>&1 ); echo "rc $? $e" ;;
 esac
 echo END
done
"""


class HostStep(NamedTuple):
    """What the host does for one event: commands of QMP in order, or writes to state files.

    Attributes:
        commands: name and arguments.
        writes: number of a block, and the word for its state file.
        device: nothing is done where the machine no longer has this device.
    """

    commands: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    writes: tuple[tuple[int, str], ...] = ()
    device: str | None = None


def user_space(busybox: bytes, modules: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """Return the archive that follows the tables in the initrd.

    Args:
        busybox: a static one.
        modules: name and contents of kernel modules, in the order in which they are loaded.
    """
    folders = ("bin", "dev", "modules", "proc", "sys")
    return newc(
        [
            *(CpioFile(name, mode=FOLDER_MODE) for name in folders),
            CpioFile("dev/console", mode=0o20600, device=(5, 1)),
            CpioFile("bin/busybox", busybox, _EXECUTABLE),
            CpioFile("init", INIT.encode(), _EXECUTABLE),
            *(
                CpioFile(f"modules/{at:02}-{name}.ko", data)
                for at, (name, data) in enumerate(modules)
            ),
        ]
    )


def event_argv(guest: Guest, events: Iterable[MemoryEvent]) -> list[str]:
    """Return what QEMU needs beyond `guest_argv`, whose machine must have no memory backend.

    Raises:
        SpecError: when QEMU has no such device, or cannot put it there.
    """
    added = [event for event in events if isinstance(event, (AddDimm, AddVirtioMem))]
    spans = [_place(event) for event in added]
    first = align_up(4 * GIB + guest.above, GIB)
    for span in spans:
        if span.start < first or span.end > ADDRESS_END:
            raise SpecError(
                "QEMU cannot put a memory device there",
                got=f"{span.start:#x}+{exact_size(span.size)}",
                expected=f"{first:#x} or above, up to {exact_size(ADDRESS_END)}",
            )
    size = guest.below + guest.above
    room = max((span.end for span in spans), default=first) - first
    slots = max(1, sum(isinstance(event, AddDimm) for event in added))
    most = align_up(size + room, GIB) + GIB
    domains = [0 if event.pxm is None else event.pxm for event in added]
    nodes = max(domains, default=0) + 1
    return [
        "-m",
        f"{size // MIB}M,slots={slots},maxmem={most // MIB}M",
        *("-numa", "node,nodeid=0,memdev=ram0"),
        *(word for nid in range(1, nodes) for word in ("-numa", f"node,nodeid={nid}")),
    ]


def _place(event: AddDimm | AddVirtioMem) -> Span:
    if event.pxm is None or event.pxm >= MAX_NODES:
        got = "none" if event.pxm is None else event.pxm
        expected = f"pxm=0 to pxm={MAX_NODES - 1}"
        raise SpecError("QEMU's memory devices state a domain", got=got, expected=expected)
    if isinstance(event, AddVirtioMem):
        return event.region
    if len(event.ranges) > 1:
        raise SpecError("QEMU's memory devices have one range", got=f"{len(event.ranges)} ranges")
    return event.ranges[0]


def as_of_guest(data: bytes) -> bytes:
    """Return a table with the ids of the guest's firmware.

    A machine with nodes has an SRAT already, which only a table with its ids replaces, and an OEM
    revision that is higher than its 1 once it is raised.
    """
    header = decode_header(data)
    named = header._replace(
        oem_id=b"BOCHS ",
        oem_table_id=b"BXPC    ",
        oem_revision=max(header.oem_revision, 1),
    )
    return with_checksum(named, data[HEADER_SIZE:])


def host_step(event: MemoryEvent, block: int) -> HostStep:
    """Return what makes an event happen.

    Args:
        event: the event.
        block: memory block size of the guest, in bytes.

    Raises:
        SpecError: when QEMU cannot.
    """
    match event:
        case AddDimm():
            return HostStep(_plugged(event, "pc-dimm", {"addr": _place(event).start}))
        case AddVirtioMem():
            more = {
                "memaddr": event.region.start,
                "block-size": event.block,
                "requested-size": event.requested,
            }
            return HostStep(_plugged(event, "virtio-mem-pci", more))
        case Resize():
            path = f"/machine/peripheral/{event.id}"
            value = {"path": path, "property": "requested-size", "value": event.requested}
            return HostStep((("qom-set", value),), device=event.id)
        case RemoveDevice():
            return HostStep((("device_del", {"id": event.id}),), device=event.id)
        case ChangeState():
            first, last = event.span.start // block, event.span.end // block
            return HostStep(writes=tuple((number, event.state) for number in range(first, last)))
        case AddKmem():
            raise SpecError("QEMU has no dax device that is plugged", got=f"kmem device {event.id}")


def _plugged(
    event: AddDimm | AddVirtioMem, driver: str, more: Mapping[str, Any]
) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    backend = {
        "qom-type": "memory-backend-ram",
        "id": f"ram-{event.id}",
        "size": _place(event).size,
        "reserve": False,
    }
    device = {"driver": driver, "id": event.id, "memdev": backend["id"], "node": event.pxm, **more}
    return (("object-add", backend), ("device_add", device))
