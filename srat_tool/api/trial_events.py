"""Events in a running guest: QEMU triggers them, their results are read from sysfs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from srat_tool.api.guest_session import GuestSession, guest_session
from srat_tool.api.run_qemu import GuestBoot
from srat_tool.authoring.guest_events import HostStep, host_step, user_space
from srat_tool.base.errors import PeerError, SourceError
from srat_tool.compare.steps import GuestStep, parse_snapshot
from srat_tool.observe.late_sysfs import SeenTiers, parse_late_sysfs
from srat_tool.plan.event_values import GivenEvent

BUSYBOX_VARIABLE = "SRATTOOL_BUSYBOX"
_INTERPRETER = b"/lib64/ld-linux-x86-64.so.2"


class EventsRun(NamedTuple):
    """What a guest printed, and what each event did to it.

    Attributes:
        boot: its console.
        steps: event by event.
        began, ended: its access classes, memory tiers and weights before and after the events.
    """

    boot: GuestBoot
    steps: tuple[GuestStep, ...]
    began: SeenTiers
    ended: SeenTiers


def read_user_space(busybox: str | None, modules: Sequence[str] = ()) -> bytes:
    """Return the archive of the guest's user space.

    Args:
        busybox: a static one; None for $SRATTOOL_BUSYBOX, else the one on the PATH.
        modules: kernel modules that it loads, uncompressed, in order.

    Raises:
        PeerError: when there is no such file, or busybox needs libraries.
    """
    name = busybox or os.environ.get(BUSYBOX_VARIABLE) or shutil.which("busybox")
    if name is None:
        raise PeerError("no busybox for the guest", hint="apt install busybox-static")
    program = _read(name)
    if _INTERPRETER in program[:4096]:
        hint = "apt install busybox-static"
        raise PeerError("busybox is not static", where=name, hint=hint)
    return user_space(program, [(Path(one).stem, _read(one)) for one in modules])


def _read(name: str) -> bytes:
    from srat_tool.sources.filebytes import read_named

    try:
        return read_named(name)
    except SourceError as error:
        raise PeerError(error.what, where=name) from error


def run_events(
    argv: Sequence[str],
    kernel: Path,
    initrd: bytes,
    command_line: str,
    *,
    events: Sequence[GivenEvent],
    timeout: float,
) -> EventsRun:
    """Boot a guest into user space, and let events happen in it.

    Raises:
        PeerError: when QEMU fails or refuses an event, or time runs out.
        SpecError: when an event is none that QEMU can bring about.
    """
    import time

    begin = time.monotonic()
    with guest_session(argv, kernel, initrd, command_line, timeout) as session:
        began = _late(session)
        before = session.ask("snap")
        size = parse_snapshot(before).size
        steps: list[GuestStep] = []
        for given in events:
            done = host_step(given.event, size)
            errors = _do(session, done)
            after = session.ask("snap") if done.writes else session.settled(before)
            steps.append(GuestStep(parse_snapshot(before), parse_snapshot(after), errors))
            before = after
        ended = _late(session) if events else began
        end = "events" if events else "user space"
        boot = GuestBoot(session.log, end, time.monotonic() - begin)
    return EventsRun(boot, tuple(steps), began, ended)


def _late(session: GuestSession) -> SeenTiers:
    """Ask for the files of access classes, memory tiers and weights."""
    pairs = (line.partition(" ") for line in session.ask("late"))
    return parse_late_sysfs({path: text for path, _, text in pairs}, whole_sysfs=True)


def _devices(session: GuestSession) -> list[str]:
    """Return the names of the devices that are plugged; one that the guest let go is none."""
    listed = session.tell_host("qom-list", {"path": "/machine/peripheral"})
    return [str(one["name"]) for one in listed] if isinstance(listed, list) else []


def _do(session: GuestSession, step: HostStep) -> tuple[str, ...]:
    """Do what an event is; return the errors of state files."""
    if step.device is not None and step.device not in _devices(session):
        return ()
    for name, arguments in step.commands:
        session.tell_host(name, arguments)
    answers = [session.ask(f"state {block} {word}")[-1] for block, word in step.writes]
    return tuple(answer for answer in answers if not answer.startswith("rc 0"))
