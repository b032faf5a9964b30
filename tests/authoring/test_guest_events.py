"""Guests in which events happen."""

from __future__ import annotations

import pytest

from srat_tool.authoring.guest import guest_argv, guest_for
from srat_tool.authoring.guest_events import (
    HostStep,
    as_of_guest,
    event_argv,
    host_step,
    user_space,
)
from srat_tool.base.errors import SpecError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.grammar.registry import encode
from srat_tool.kernel.hotplug.events import MemoryEvent
from srat_tool.plan.event_text import read_events
from tests.machines import mem, srat

GUEST = guest_for([Span(0, GIB), Span(4 * GIB, 5 * GIB)])


def _events(*texts: str) -> list[MemoryEvent]:
    return [given.event for given in read_events(texts)]


def test_room_for_every_device() -> None:
    """A slot for each DIMM, addresses up to the highest one, a node for each domain."""
    argv = event_argv(
        GUEST, _events("dimm:8G+512M,pxm=2", "virtio-mem:12G+4G,pxm=1", "online:8G+128M")
    )
    assert argv[1] == "2048M,slots=1,maxmem=14336M"
    assert argv[2:] == [
        "-numa", "node,nodeid=0,memdev=ram0",
        "-numa", "node,nodeid=1", "-numa", "node,nodeid=2",
    ]  # fmt: skip
    whole = guest_argv(GUEST, memory=argv)
    assert "memory-backend=ram0" not in " ".join(whole)
    assert whole.count("-m") == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dimm:8G+512M", "expected pxm=0 to pxm=127"),
        ("dimm:8G+512M,pxm=128", "got 128"),
        ("dimm:8G+1G,10G+1G,pxm=0", "one range"),
        ("dimm:4G+1G,pxm=0", "expected 0x140000000 or above"),
        ("dimm:1T+1G,pxm=0", "cannot put"),
    ],
)
def test_what_qemu_cannot_plug(text: str, message: str) -> None:
    """The error states in one line what is possible."""
    with pytest.raises(SpecError, match=message):
        event_argv(GUEST, _events(text))


def test_what_the_host_does() -> None:
    """Devices by QMP, states by their files; a device of kmem is none of QEMU's."""
    events = _events(
        "dimm:8G+512M,pxm=1",
        "virtio-mem:12G+4G,pxm=1,requested=1G",
        "resize:d1=2G",
        "offline:8G+256M",
        "remove:d0",
        "kmem:64G+1G",
    )
    steps = [host_step(event, 128 * MIB) for event in events[:-1]]
    assert [name for name, _ in steps[0].commands] == ["object-add", "device_add"]
    assert steps[0].commands[1][1]["addr"] == 8 * GIB
    assert steps[1].commands[1][1]["requested-size"] == GIB
    assert steps[2].commands[0][1]["value"] == 2 * GIB
    assert steps[3] == HostStep(writes=((64, "offline"), (65, "offline")))
    assert steps[4].commands == (("device_del", {"id": "d0"}),)
    assert [step.device for step in steps] == [None, None, "d1", None, "d0"]
    with pytest.raises(SpecError, match="no dax device"):
        host_step(events[-1], 128 * MIB)


def test_a_table_replaces_that_of_the_guest() -> None:
    """Ids change, the checksum is right again, nothing else changes."""
    data = encode(srat(mem(0, 0, GIB)))
    mine = as_of_guest(data)
    assert mine[10:24] == b"BOCHS BXPC    "
    assert (sum(mine) & 0xFF, mine[36:]) == (0, data[36:])


def test_user_space_is_one_script() -> None:
    """Modules are loaded in their order."""
    archive = user_space(b"\x7fELF", [("virtio", b"1"), ("virtio_mem", b"2")])
    assert archive.startswith(b"070701")
    assert archive.index(b"modules/00-virtio.ko") < archive.index(b"modules/01-virtio_mem.ko")
    assert b"#!/bin/busybox sh" in archive
