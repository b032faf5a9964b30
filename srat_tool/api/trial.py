"""One trial: given tables on a real kernel under QEMU, the plan compared with its log."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from srat_tool.base.errors import PeerError
from srat_tool.base.rawtable import OriginKind

if TYPE_CHECKING:
    from srat_tool.api.run_qemu import GuestBoot
    from srat_tool.api.trial_events import EventsRun
    from srat_tool.authoring.guest import Guest
    from srat_tool.base.architecture import Architecture
    from srat_tool.base.rawtable import RawTable
    from srat_tool.base.span import Span
    from srat_tool.compare.verified import Verification
    from srat_tool.plan.event_values import GivenEvent
    from srat_tool.plan.plan import Plan

KERNEL_VARIABLE = "SRATTOOL_KERNEL"
BOOT_FOLDER = Path("/boot")
MAX_PROCESSORS = 8
"""Processors with a higher number are left out: each costs a guest time."""
_UNPACKING = (
    "apt-get download $(apt-cache depends linux-image-cloud-amd64 | awk '/Depends:/{print $2}'); "
    "dpkg -x linux-image-*.deb kernel; export SRATTOOL_KERNEL=$(echo kernel/boot/vmlinuz-*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was booted, what came of it, and how the plan compares."""

    boot: GuestBoot
    plan: Plan
    verification: Verification


class _Start(NamedTuple):
    """What a guest begins with; `timeout` in seconds."""

    kernel: Path
    initrd: bytes
    options: tuple[str, ...]
    timeout: float


def find_kernels() -> list[Path]:
    """Return the kernel images at hand: $SRATTOOL_KERNEL (`:` between several), else /boot's."""
    named = os.environ.get(KERNEL_VARIABLE, "")
    if named:
        return [Path(name) for name in named.split(os.pathsep) if name]
    return sorted(path for path in BOOT_FOLDER.glob("vmlinuz-*") if os.access(path, os.R_OK))


def choose_kernel(named: str | None) -> Path:
    """Return the kernel image to boot.

    Raises:
        PeerError: when there is none, with what to install.
    """
    kernels = [Path(named)] if named else find_kernels()
    if not kernels:
        raise PeerError("no kernel to boot", hint=_UNPACKING)
    if not kernels[-1].is_file():
        hint = f"a file such as {BOOT_FOLDER}/vmlinuz-6.12.48-amd64"
        raise PeerError("no such kernel image", where=str(kernels[-1]), hint=hint)
    return kernels[-1]


def attempt(
    tables: Sequence[RawTable],
    ram: Sequence[Span],
    kernel: Path,
    *,
    options: Sequence[str] = (),
    initrd: bytes = b"",
    timeout: float = 60,
    events: Sequence[GivenEvent] = (),
    sysfs: bool = False,
) -> Trial:
    """Boot the tables and verify the plan made of the log's beginning against its rest.

    Args:
        tables: what firmware is to show.
        ram: where RAM is.
        kernel: the image.
        options: boot options.
        initrd: what follows the tables; with events or `sysfs`, the user space that obeys.
        timeout: seconds.
        events: what happens once user space runs; each is verified.
        sysfs: user space runs, and what it sees of memory tiers is verified.

    Raises:
        SratToolError: when QEMU cannot be such a machine, or something is missing.
    """
    from srat_tool.api.trial_board import trial_architecture
    from srat_tool.authoring.guest import guest_for, guest_initrd, guest_madt
    from srat_tool.base.architecture import E820_ARCHITECTURE

    arch = trial_architecture(tables, kernel)
    on_board = arch is not E820_ARCHITECTURE
    if arch.board.has_srat or (events and not on_board):
        tables = with_firmware_ids(tables)
    archive = guest_initrd([table.data for table in tables], initrd)
    start = _Start(kernel, archive, tuple(options), timeout)
    if on_board:
        return _on_board(arch, tables, ram, events, start)
    guest = guest_for(ram)
    cpus = _processors(tables) if sysfs else 1
    ran = _user_space(guest, cpus, start, events) if sysfs or events else None
    done = _zones(guest, start) if ran is None else ran.boot
    # The guest's MADT declares the processors, unless that table is replaced too.
    own = [] if any(table.signature == b"APIC" for table in tables) else [guest_madt(cpus)]
    return _judged(done, [*_raised(tables), *own], None, events, ran)


def _raised(tables: Sequence[RawTable]) -> Iterator[RawTable]:
    """Yield the tables as the kernel finds them in the initrd."""
    from srat_tool.authoring.override import upgraded

    for table in tables:
        origin = table.origin._replace(kind=OriginKind.INITRD)
        yield table._replace(data=upgraded(table.data), origin=origin)


def _on_board(
    arch: Architecture,
    tables: Sequence[RawTable],
    ram: Sequence[Span],
    events: Sequence[GivenEvent],
    start: _Start,
) -> Trial:
    """Boot on a board with its own firmware, up to the zones."""
    from srat_tool.api.run_qemu import boot
    from srat_tool.api.trial_board import check_firmware
    from srat_tool.authoring.board_guest import board_guest

    if events:
        what = f"events are made to happen on x86-64 only, not on {arch.title}"
        raise PeerError(what, hint="a boot without --event")
    guest = board_guest(arch, ram)
    check_firmware(arch)
    line = " ".join((*guest.options, *start.options))
    done = boot(guest.argv, start.kernel, start.initrd, line, start.timeout)
    return _judged(done, [*_raised(tables)], line, (), None)


def _judged(
    done: GuestBoot,
    tables: Sequence[RawTable],
    command_line: str | None,
    events: Sequence[GivenEvent],
    ran: EventsRun | None,
) -> Trial:
    """Compare the plan of a boot with its log, whose command line may come after the zones."""
    from srat_tool.compare.reality import plan_of
    from srat_tool.compare.regions import regions_part
    from srat_tool.compare.verify import verify
    from srat_tool.plan.observed import observe
    from srat_tool.sources.found import Evidence, Role

    evidence = [Evidence(role=Role.BOOT_LOG, label="the boot's log", data=done.log.encode())]
    if command_line is not None:
        words = command_line.encode()
        evidence.append(Evidence(Role.COMMAND_LINE, "the boot's options", words))
    observed = observe(evidence)
    planned = plan_of(tables, observed, events=events)
    plan = planned.plan
    result = verify(plan, observed, planned.srat, basis=planned.basis)
    regions = None if observed.log is None else regions_part(plan, observed.log)
    if regions is not None:
        result = replace(result, parts=(*result.parts, regions))
    return Trial(boot=done, plan=plan, verification=_with_steps(result, plan, ran))


def _zones(guest: Guest, start: _Start) -> GuestBoot:
    """Boot up to the zones."""
    from srat_tool.api.run_qemu import boot
    from srat_tool.authoring.guest import guest_argv, kernel_command_line

    line = kernel_command_line(guest, start.options)
    return boot(guest_argv(guest), start.kernel, start.initrd, line, start.timeout)


def _user_space(guest: Guest, cpus: int, start: _Start, events: Sequence[GivenEvent]) -> EventsRun:
    """Boot into user space, with room for the devices of events, and let them happen."""
    from srat_tool.api.trial_events import run_events
    from srat_tool.authoring.guest import guest_argv, kernel_command_line
    from srat_tool.authoring.guest_events import event_argv

    room = event_argv(guest, [given.event for given in events]) if events else ()
    # A busy host is late with the timer, which a kernel that checks it does not survive.
    line = kernel_command_line(guest, [*start.options, "no_timer_check"])
    argv = guest_argv(guest, cpus, room)
    return run_events(argv, start.kernel, start.initrd, line, events=events, timeout=start.timeout)


def with_firmware_ids(tables: Sequence[RawTable]) -> list[RawTable]:
    """Give the SRAT the ids of the one that the guest has already, so that it takes its place."""
    from srat_tool.authoring.guest_events import as_of_guest

    return [
        table._replace(data=as_of_guest(table.data)) if table.signature == b"SRAT" else table
        for table in tables
    ]


def _processors(tables: Sequence[RawTable]) -> int:
    """Return how many processors a guest needs so that all of a few that the SRAT lists run."""
    from srat_tool.grammar.registry import first_table
    from srat_tool.tables.srat import ProcessorAffinity, Srat, X2ApicAffinity

    if any(table.signature == b"APIC" for table in tables):
        return 1
    srat = first_table(tables, Srat)
    ids = [0]
    for entry in srat.entries if srat is not None else ():
        if isinstance(entry, ProcessorAffinity) and entry.enabled:
            ids.append(entry.apic_id)
        elif isinstance(entry, X2ApicAffinity) and entry.enabled:
            ids.append(entry.x2apic_id)
    return 1 + max(one for one in ids if one < MAX_PROCESSORS)


def _with_steps(result: Verification, plan: Plan, ran: EventsRun | None) -> Verification:
    if ran is None:
        return result
    from srat_tool.compare.steps import step_parts, zones_part
    from srat_tool.compare.tiers import tier_parts

    parts = [*tier_parts(plan.after_zones, ran.began, untouched=True)]
    parts += step_parts(plan.hot_events, ran.steps)
    known = all(answer.accepted is not None for answer in plan.hot_events)
    if plan.after is not None and ran.steps:
        parts.append(zones_part(plan.after, plan.hot_events, ran.steps))
    if plan.after is not None and known:
        after = tier_parts(plan.after.late, ran.ended, untouched=True)
        parts += [replace(part, name=f"{part.name} after the events") for part in after]
    return replace(result, parts=(*result.parts, *parts))
