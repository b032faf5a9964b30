"""Which devices a CXL region consists of, and what numbers it gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.grammar.cdat import decode_cdat
from srat_tool.kernel.cxl_cdat import (
    CdatError,
    DeviceMemory,
    cxl_cdat_endpoint_process,
    memory_of,
)
from srat_tool.kernel.cxl_region import (
    FLIT,
    LONG_FLIT,
    Link,
    RegionMember,
    Ways,
    is_reached,
    region_ways,
)
from srat_tool.kernel.hotplug.events import AddKmem
from srat_tool.kernel.late_machine import LateMachine
from srat_tool.kernel.late_rules import RegionNumbersRule
from srat_tool.plan.cxl_values import CxlDevice, RegionPlan
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.windows import cfmws_of, refusal, target_node
from srat_tool.tables.cedt import Cfmws, Chbs

_SPEED, _WIDTH = 32000, 16
_LONG_FLIT_SPEED = 64000
_QEMU_CLASS = 0
_NO_NUMBERS = Ways()


class _Window(NamedTuple):
    number: int
    entry: Cfmws
    span: Span


@dataclass(slots=True)
class _Device:
    """A given device on this machine.

    Attributes:
        label: where its CDAT is from.
        bridge: _UID of its host bridge.
        link: its link.
        memory: its ranges; empty when Linux refuses its CDAT.
        refused: why it does.
        used: bytes that regions have taken, of its volatile and of its persistent memory.
    """

    label: str
    bridge: int
    link: Link
    memory: tuple[DeviceMemory, ...] = ()
    refused: str = ""
    used: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})


class CxlRegions:
    """The regions of one machine, in the order in which they are made.

    Args:
        outcome: the boot.
        machine: the machine when user space runs.
    """

    def __init__(self, outcome: Outcome, machine: LateMachine) -> None:
        self.outcome = outcome
        self.machine = machine
        self._windows = tuple(_windows(outcome.inputs))
        self._devices: list[_Device] | None = None

    def of_events(self, events: Iterable[AddKmem]) -> tuple[RegionPlan, ...]:
        """Return the regions of devices of kmem."""
        return tuple(self._region(event) for event in events if event.source != "hmem")

    def _region(self, event: AddKmem) -> RegionPlan:
        span = event.ranges[0]
        window = next((one for one in self._windows if one.span.covers(span)), None)
        members, ways, why = self._numbers(event, window)
        return RegionPlan(
            id=event.id,
            span=span,
            window=None if window is None else window.number,
            nid=target_node(self.outcome, span.start),
            members=members,
            ways=ways,
            why=why,
        )

    def _numbers(self, event: AddKmem, window: _Window | None) -> tuple[tuple[str, ...], Ways, str]:
        """Return the members of a region, its numbers, and why they are so."""
        rules = self.machine.rules.cxl
        if rules.numbers is RegionNumbersRule.ABSENT:
            return (), _NO_NUMBERS, "this kernel gives regions no numbers"
        if window is None:
            return (), _NO_NUMBERS, "no window that cxl_acpi accepts holds it"
        if not self.outcome.inputs.machine.cxl_devices:
            self._assume_nothing()
            return (), _NO_NUMBERS, "no CDAT of its devices was given"
        found = self._members(event, window)
        labels = tuple(device.label for device in found)
        if len(found) < event.ways:
            return (
                labels,
                _NO_NUMBERS,
                f"{len(found)} of the given devices fit, {event.ways} are needed",
            )
        why = self._class_refused(window) or self._restricted(found)
        if why is not None:
            return labels, _NO_NUMBERS, why
        volatile, size = event.source == "cxl", event.ranges[0].size // event.ways
        members = [self._member(device, size, volatile=volatile) for device in found]
        return labels, region_ways(members, rules), _why(found, members)

    def _restricted(self, devices: list[_Device]) -> str | None:
        """Return why Linux computes no way to a device: it is below a host bridge of CXL 1.1.

        *Mirrors:* drivers/cxl/core/port.c `cxl_endpoint_get_perf_coordinates`, 6.8 to 7.2.
        """
        cedt = self.outcome.inputs.cedt
        entries = () if cedt is None else cedt.entries
        old = {one.uid for one in entries if isinstance(one, Chbs) and one.cxl_version == 0}
        uid = next((device.bridge for device in devices if device.bridge in old), None)
        if uid is None:
            return None
        return f"host bridge {uid} is one of CXL 1.1: Linux computes no bandwidth of its devices"

    def _assume_nothing(self) -> None:
        why = "none was given with --cdat; with it a region has numbers, and a tier by them"
        self.outcome.inputs.assume("CDAT of CXL devices", "no numbers", why)

    def _members(self, event: AddKmem, window: _Window) -> list[_Device]:
        if self._devices is None:
            self._devices = list(self._placed(window))
            why = "the CDAT of a switch (SSLBIS) is not read: it adds latency and limits bandwidth"
            self.outcome.inputs.assume("switches above the CXL devices", "none", why)
        volatile, size = event.source == "cxl", event.ranges[0].size // event.ways
        fitting = [
            one
            for one in self._devices
            if one.bridge in window.entry.targets and _room(one, volatile=volatile) >= size
        ]
        kinds = {(one.bridge, one.link, one.memory) for one in fitting}
        if len(kinds) > 1 and len(fitting) > event.ways:
            names = ", ".join(one.label for one in fitting[: event.ways])
            why = "more devices fit it than it has members; the first ones given are taken"
            self.outcome.inputs.assume(f"members of the region of {event.id}", names, why)
        return fitting[: event.ways]

    def _placed(self, window: _Window) -> Iterator[_Device]:
        targets = tuple(dict.fromkeys(window.entry.targets)) or (0,)
        for at, given in enumerate(self.outcome.inputs.machine.cxl_devices):
            bridge = given.bridge
            if bridge is None:
                bridge = targets[at % len(targets)]
                if len(targets) > 1:
                    why = "the window has several; no bridge= was given"
                    self.outcome.inputs.assume(f"host bridge of {given.label}", str(bridge), why)
            device = _Device(given.label, bridge, self._link(given))
            try:
                device.memory = cxl_cdat_endpoint_process(decode_cdat(given.cdat).table)
            except CdatError as error:
                device.refused = f"Linux refuses the CDAT {given.label}: {error}"
            yield device

    def _link(self, given: CxlDevice) -> Link:
        speed, width = given.speed or _SPEED, given.width or _WIDTH
        if given.speed is None or given.width is None:
            what = f"{speed / 1000:g} GT/s x{width}"
            why = "no speed= and width= were given"
            self.outcome.inputs.assume(f"link of {given.label}", what, why)
        return Link(speed, width, self._flit(given, speed))

    def _flit(self, given: CxlDevice, speed: int) -> int:
        """Return the bytes of a flit: long at 64 GT/s, but QEMU's root ports do not report that."""
        if given.flit is not None or speed < _LONG_FLIT_SPEED:
            return given.flit or FLIT
        if self.outcome.inputs.made_by_qemu:
            return FLIT
        why = "links of this speed have such flits; no flit= was given"
        self.outcome.inputs.assume(f"flits of {given.label}", f"{LONG_FLIT} bytes", why)
        return LONG_FLIT

    def _class_refused(self, window: _Window) -> str | None:
        """Return why a device gets no class of service, without which it has no numbers."""
        inputs = self.outcome.inputs
        classes = sorted({one.entry.qtg_id for one in self._windows})
        if inputs.made_by_qemu:
            if _QEMU_CLASS in classes:
                return None
            return f"QEMU's _DSM answers class {_QEMU_CLASS}, and the windows have {_list(classes)}"
        why = "the method of the firmware cannot be evaluated; if no window has what it answers, "
        why += "regions have no numbers"
        value = f"class {window.entry.qtg_id}"
        inputs.assume("answer of ACPI0017's _DSM for classes of service", value, why)
        return None

    def _member(self, device: _Device, size: int, *, volatile: bool) -> RegionMember:
        """Take device memory for a region; the next region begins where this one ends."""
        port = next((p for p in self.machine.hmat.ports if p.uid == device.bridge), None)
        memory = memory_of(device.memory, volatile=volatile)
        base = _base(device, volatile=volatile) + device.used[volatile]
        device.used[volatile] += size
        inside = memory is not None and memory.span.covers(Span(base, base + size))
        return RegionMember(
            bridge=device.bridge,
            port=_NO_NUMBERS if port is None else Ways(port.local, port.cpu),
            link=device.link,
            memory=memory.coordinate if memory is not None and inside else None,
        )


def _windows(inputs: Inputs) -> Iterator[_Window]:
    """Yield the windows that cxl_acpi accepts."""
    for at, (entry, span) in enumerate(zip(cfmws_of(inputs), inputs.tables.windows, strict=True)):
        if refusal(entry) is None:
            yield _Window(at, entry, span)


def _base(device: _Device, *, volatile: bool) -> int:
    return min((one.span.start for one in device.memory if one.is_volatile is volatile), default=0)


def _room(device: _Device, *, volatile: bool) -> int:
    """Return the bytes that no region has taken; a device without a CDAT may have any size."""
    if not device.memory:
        return 1 << 64
    ends = (one.span.end for one in device.memory if one.is_volatile is volatile)
    start = _base(device, volatile=volatile)
    return max(ends, default=start) - start - device.used[volatile]


def _why(devices: list[_Device], members: list[RegionMember]) -> str:
    """Return why a region has the numbers that it has."""
    for device, member in zip(devices, members, strict=True):
        if device.refused:
            return device.refused
        if member.memory is None:
            return f"no range of the CDAT {device.label} holds its part"
        if not is_reached(member):
            return (
                f"no generic port with all numbers for host bridge {device.bridge}, "
                "in the SRAT and the HMAT"
            )
    return "its devices, their links and the generic ports of their host bridges"


def _list(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
