"""Booting a random machine on a kernel of any architecture that QEMU emulates.

The log goes up to the zones; on the architecture of this computer a boot may also reach user space,
where each memory block is asked to go offline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from srat_tool.api.run_qemu import ZONES_DONE, GuestBoot, boot
from srat_tool.api.trial import Trial, attempt, with_firmware_ids
from srat_tool.api.trial_board import architecture_of_image
from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.board_guest import board_guest, guest_with
from srat_tool.authoring.cpio import FOLDER_MODE, CpioFile, newc
from srat_tool.authoring.guest import (
    guest_argv,
    guest_for,
    guest_initrd,
    guest_madt,
    kernel_command_line,
)
from srat_tool.authoring.override import upgraded
from srat_tool.authoring.spec import Spec, parse_spec
from srat_tool.base.architecture import E820_ARCHITECTURE, Architecture
from srat_tool.base.errors import PeerError, SratToolError
from srat_tool.base.rawtable import OriginKind, RawTable
from tests.soak.guest_tables import monitor_options, saved_tables
from tests.soak.guest_topology import GuestTopology
from tests.soak.machines import RandomMachine

BUSYBOX = Path("/bin/busybox")
EFI_FIRMWARE = Path("/usr/share/ovmf/OVMF.fd")
_PROGRAM_MODE = 0o100755
_TIMEOUT = 300
_DONE = re.compile(rb"SOAK-DONE")
_INIT = b"""#!/bin/busybox sh
B=/bin/busybox
$B mount -t proc p /proc; $B mount -t sysfs s /sys; $B mount -t devtmpfs d /dev
exec > /dev/ttyS0 2>/dev/null
echo 1 > /proc/sys/kernel/printk
echo SOAK-ZONES
$B grep -E '^Node|spanned|present|managed|start_pfn|pages free' /proc/zoneinfo
echo SOAK-BLOCKS
cd /sys/devices/system/memory
for d in $($B ls -d memory[0-9]* | $B sort -t y -k 2 -n | $B tail -48); do
 read s < $d/state; [ $s = online ] || continue
 if echo offline > $d/state; then r=yes; echo online > $d/state; else r=no; fi
 echo "block ${d#memory} $r"
done
echo SOAK-DONE
$B sleep 5
"""


class Booted(NamedTuple):
    """What a boot gave.

    Attributes:
        machine: what was booted.
        tables: as the kernel had them.
        command_line: the kernel's.
        log: its console, up to the zones or to user space.
        end: as of `GuestBoot`.
        zoneinfo: /proc/zoneinfo; empty without user space.
        offline: whether a memory block could go offline, by its number.
    """

    machine: RandomMachine | GuestTopology
    tables: tuple[RawTable, ...]
    command_line: str
    log: str
    end: str
    zoneinfo: str = ""
    offline: dict[int, bool] = {}  # noqa: RUF012 - never changed


def architecture_of(kernel: Path) -> Architecture:
    """Return the architecture of a kernel image.

    Raises:
        PeerError: when it is none, or of an architecture that is not modelled.
    """
    found = architecture_of_image(kernel)
    if found is None:
        raise PeerError("not a kernel image: no machine of a soak boots on it", where=str(kernel))
    return found


def boot_machine(
    machine: RandomMachine | GuestTopology, kernel: Path, *, user_space: bool = False
) -> Booted:
    """Boot one machine; one whose tables QEMU makes only up to the zones.

    Raises:
        SratToolError: when QEMU cannot be such a machine, or something is missing.
    """
    if isinstance(machine, GuestTopology):
        return _boot_topology(machine, kernel)
    made: Sequence[RawTable] = assemble(parse_spec(machine.spec()))
    if machine.arch.board.has_srat:
        made = with_firmware_ids(made)
    raised = tuple(
        table._replace(
            data=upgraded(table.data), origin=table.origin._replace(kind=OriginKind.INITRD)
        )
        for table in made
    )
    programs = _programs() if user_space else b""
    archive = guest_initrd([table.data for table in made], programs)
    argv, command_line, own = _guest(machine)
    until = _DONE if user_space else ZONES_DONE
    if not machine.arch.has_e820:
        done, tables = _with_tables(argv, kernel, archive, command_line)
        own = tuple(table for table in tables if table.signature == b"APIC")
    else:
        done = boot(argv, kernel, archive, command_line, _TIMEOUT, until=until)
    log, _, told = done.log.partition("SOAK-ZONES\n")
    zoneinfo, _, blocks = told.partition("SOAK-BLOCKS\n")
    offline = {
        int(m[1]): m[2] == "yes"
        for m in re.finditer(r"^block (\d+) (yes|no)", blocks, re.MULTILINE)
    }
    return Booted(machine, (*raised, *own), command_line, log, done.end, zoneinfo, offline)


def _boot_topology(machine: GuestTopology, kernel: Path) -> Booted:
    board = guest_with(machine.arch, machine.argv)
    command_line = " ".join((*board.options, *machine.options))
    done, tables = _with_tables(board.argv, kernel, newc(()), command_line)
    return Booted(machine, tables, command_line, done.log, done.end)


def _with_tables(
    argv: Sequence[str], kernel: Path, archive: bytes, command_line: str
) -> tuple[GuestBoot, tuple[RawTable, ...]]:
    """Boot up to the zones, and return the tables of the guest's firmware too."""
    tables: list[RawTable] = []
    with TemporaryDirectory(prefix="soak-") as name:
        folder = Path(name)
        done = boot(
            [*argv, *monitor_options(folder)],
            kernel,
            archive,
            command_line,
            _TIMEOUT,
            at_end=lambda log: tables.extend(saved_tables(folder, log)),
        )
    return done, tuple(tables)


def attempt_spec(
    spec: Spec, kernel: Path, user_space: bytes, timeout: float, *, sysfs: bool = False
) -> Trial:
    """Boot a machine into user space, and let its events happen.

    Raises:
        SratToolError: when it does not boot, or its memory is not known.
    """
    if spec.memory is None:
        raise SratToolError("the machine has no memory")
    return attempt(
        assemble(spec),
        [entry.span for entry in spec.memory.entries],
        kernel,
        options=(spec.kernel.cmdline or "").split(),
        initrd=user_space,
        timeout=timeout,
        events=spec.events,
        sysfs=sysfs,
    )


def _guest(machine: RandomMachine) -> tuple[list[str], str, tuple[RawTable, ...]]:
    """Return QEMU's options, the kernel's command line, and the guest's own tables as far known."""
    if machine.arch is E820_ARCHITECTURE:
        guest = guest_for(machine.ram)
        line = kernel_command_line(guest, machine.options)
        if machine.random_base:
            line = line.removeprefix("nokaslr ")
        argv = guest_argv(guest)
        argv[argv.index("-cpu") + 1] = machine.cpu
        if machine.efi and EFI_FIRMWARE.is_file():
            argv += ["-bios", str(EFI_FIRMWARE)]
        return argv, line, (guest_madt(),)
    board = board_guest(machine.arch, machine.ram)
    return list(board.argv), " ".join((*board.options, *machine.options)), ()


def _programs() -> bytes:
    folders = (CpioFile(name, mode=FOLDER_MODE) for name in ("bin", "proc", "sys", "dev"))
    busybox = CpioFile("bin/busybox", BUSYBOX.read_bytes(), _PROGRAM_MODE)
    console = CpioFile("dev/console", mode=0o20600, device=(5, 1))
    return newc((*folders, busybox, console, CpioFile("init", _INIT, _PROGRAM_MODE)))
