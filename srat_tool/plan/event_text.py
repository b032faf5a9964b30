"""Events as users write them: `dimm:8G+1G,pxm=1`, `offline:0x200000000+0x8000000`, `remove:d0`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from srat_tool.base.errors import SratToolError
from srat_tool.base.numerals import whole
from srat_tool.base.span import Span
from srat_tool.base.units import MIB, U32, U64, parse_size
from srat_tool.kernel.hotplug.events import (
    AddDimm,
    AddKmem,
    AddVirtioMem,
    ChangeState,
    MemoryEvent,
    RemoveDevice,
    Resize,
)
from srat_tool.plan.event_values import GivenEvent

_WORDS = (
    "dimm:START+SIZE[,pxm=N], virtio-mem:START+SIZE[,block=SIZE][,requested=SIZE][,pxm=N], "
    "kmem:START+SIZE[,source=hmem|cxl|pmem][,node=N][,ways=N], "
    "online[_kernel|_movable]:START+SIZE, offline:START+SIZE, resize:ID=SIZE or remove:ID"
)
_MAX_WAYS = 16
_MAX_NODE = (1 << 31) - 1
"""The kernel's node numbers are of type `int`."""
_SOURCES = ("hmem", "cxl", "pmem")
_ID = re.compile(r"[A-Za-z0-9_.-]{1,32}")
_GIVEN_ID = re.compile(r"[:,]\s*id\s*=\s*([A-Za-z0-9_.-]{1,32})")
_MAX_SHOWN = 80
_MAX_NAMED = 8


class EventError(SratToolError):
    """A text that is not an event."""


@dataclass(slots=True, kw_only=True)
class _Words:
    """One event, parsed.

    Attributes:
        where: how the user gave it.
        text: the whole of it.
        ranges: words without `=`.
        options: the others.
        id: of the device; the next free one unless it was given.
    """

    where: str
    text: str
    ranges: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    id: str = ""

    def wrong(self, what: str, expected: str = _WORDS) -> EventError:
        shown = self.text if len(self.text) <= _MAX_SHOWN else f"{self.text[:_MAX_SHOWN]}..."
        return EventError(what, where=self.where, got=repr(shown), expected=expected)

    def take(self, part: str) -> None:
        """Note a range or an option; nothing is given twice."""
        name, equals, value = (word.strip() for word in part.partition("="))
        if not equals:
            self.ranges.append(name)
        elif name in self.options:
            raise self.wrong(f"{_shown(name)} is given twice", f"{name}= once")
        else:
            self.options[name] = value

    def spans(self) -> tuple[Span, ...]:
        if not self.ranges:
            raise self.wrong("an event without a range", "START+SIZE")
        return tuple(map(self._span, self.ranges))

    def span(self) -> Span:
        spans = self.spans()
        if len(spans) > 1:
            raise self.wrong("more than one range", "one START+SIZE")
        return spans[0]

    def _span(self, word: str) -> Span:
        start, plus, size = word.partition("+")
        if not plus:
            raise self.wrong(f"{_shown(word)} is no range", "START+SIZE")
        first, length = parse_size(start, where=self.where), parse_size(size, where=self.where)
        if not length:
            raise self.wrong(f"{_shown(word)} is empty", "START+SIZE")
        if first + length > U64 + 1:
            raise self.wrong(f"{_shown(word)} ends above 2^64", "START+SIZE")
        return Span(first, first + length)

    def number(self, name: str, limit: int) -> int | None:
        text = self.options.get(name)
        if text is None:
            return None
        number = whole(text)
        if number is None or number > limit:
            raise self.wrong(f"{name} is no number from 0 to {limit}", f"{name}=1")
        return number

    def size(self, name: str, default: int) -> int:
        text = self.options.get(name)
        return default if text is None else parse_size(text, where=self.where)

    def only(self, *names: str) -> None:
        """Refuse options that this event does not have."""
        for name in self.options:
            if name not in names:
                expected = ", ".join(names) or "no options"
                raise self.wrong(f"no such option of the event: {_shown(name)}", expected)


def _shown(word: str) -> str:
    return repr(word if len(word) <= _MAX_SHOWN else f"{word[:_MAX_SHOWN]}...")


class _Devices:
    """The devices that events have added so far.

    Args:
        named: every name that the user gives to one, sooner or later.
    """

    def __init__(self, named: Iterable[str]) -> None:
        self.added: dict[str, AddDimm | AddVirtioMem | AddKmem] = {}
        self._named = frozenset(named)
        self._number = 0

    def next_name(self) -> str:
        """Return `d` with the number of the next device, or with the next free one."""
        self._number = max(self._number, len(self.added))
        while (name := f"d{self._number}") in self._named or name in self.added:
            self._number += 1
        return name


def read_events(texts: Iterable[str], where: str = "--add") -> tuple[GivenEvent, ...]:
    """Read events in order; devices without `id=` are d0, d1, and so on.

    Raises:
        EventError: when one is malformed, or names a device that no event before it adds.
    """
    return read_placed_events((text, where) for text in texts)


def read_placed_events(texts: Iterable[tuple[str, str]]) -> tuple[GivenEvent, ...]:
    """Read events, each text with its origin; generated names avoid those that the user gives.

    Raises:
        EventError: as of `read_events`.
    """
    given = list(texts)
    devices = _Devices(name for text, _ in given for name in _GIVEN_ID.findall(text))
    return tuple(GivenEvent(text, _read(text, where, devices), where) for text, where in given)


def _read(text: str, where: str, devices: _Devices) -> MemoryEvent:
    kind, colon, rest = text.strip().partition(":")
    words = _Words(where=where, text=text)
    if not colon or kind not in _READERS:
        raise words.wrong("not an event")
    if kind in ("remove", "resize"):
        return _of_device(kind, rest, words, devices)
    for part in rest.split(","):
        words.take(part)
    if kind in _ADDERS:
        words.id = _new_id(words, devices)
    event = _READERS[kind](words, kind)
    if isinstance(event, (AddDimm, AddVirtioMem, AddKmem)):
        devices.added[words.id] = event
    return event


def _new_id(words: _Words, devices: _Devices) -> str:
    given = words.options.pop("id", None)
    if given is not None and not _ID.fullmatch(given):
        raise words.wrong("id is no name", "at most 32 letters, digits or _ . -")
    name = devices.next_name() if given is None else given
    if name in devices.added:
        raise words.wrong(f"there is a device {name} already", "another id=")
    return name


def _of_device(kind: str, rest: str, words: _Words, devices: _Devices) -> Resize | RemoveDevice:
    name, equals, size = rest.strip().partition("=")
    if name not in devices.added:
        known = ", ".join(list(devices.added)[-_MAX_NAMED:]) or "an event that adds one before"
        raise words.wrong(f"no such device: {_shown(name)}", known)
    if kind == "remove":
        if equals:
            raise words.wrong("remove takes no value", "remove:ID")
        return RemoveDevice(name)
    device = devices.added[name]
    if not equals or not isinstance(device, AddVirtioMem):
        raise words.wrong("only virtio-mem devices change their size", "resize:ID=SIZE")
    requested = parse_size(size, where=words.where)
    _whole(words, device.block, requested)
    return Resize(name, requested)


def _dimm(words: _Words, _: str) -> AddDimm:
    words.only("pxm")
    return AddDimm(words.id, words.spans(), words.number("pxm", U32))


def _virtio_mem(words: _Words, _: str) -> AddVirtioMem:
    words.only("block", "requested", "pxm")
    region, block = words.span(), words.size("block", 2 * MIB)
    if block < 1 or block & (block - 1):
        raise words.wrong("block is no power of two", "block=2M")
    _whole(words, block, *region)
    requested = words.size("requested", region.size)
    _whole(words, block, requested)
    return AddVirtioMem(words.id, region, block, requested, words.number("pxm", U32))


def _whole(words: _Words, block: int, *sizes: int) -> None:
    """Refuse what no device can have: it plugs whole device blocks."""
    if any(size % block for size in sizes):
        raise words.wrong("not whole device blocks", f"multiples of {block:#x}")


def _kmem(words: _Words, _: str) -> AddKmem:
    words.only("source", "node", "ways")
    source = words.options.get("source", "hmem")
    if source not in _SOURCES:
        raise words.wrong("no such source", " or ".join(_SOURCES))
    ways = words.number("ways", U32)
    if ways is not None and not 1 <= ways <= _MAX_WAYS:
        raise words.wrong("ways is no number of devices", f"ways=1 to ways={_MAX_WAYS}")
    return AddKmem(
        words.id,
        words.spans(),
        source,  # type: ignore[arg-type]
        words.number("node", _MAX_NODE),
        1 if ways is None else ways,
    )


def _state(words: _Words, kind: str) -> ChangeState:
    words.only()
    return ChangeState(words.span(), kind)  # type: ignore[arg-type]


_ADDERS = ("dimm", "virtio-mem", "kmem")
_READERS: dict[str, Callable[[_Words, str], MemoryEvent]] = {
    "dimm": _dimm,
    "virtio-mem": _virtio_mem,
    "kmem": _kmem,
    "online": _state,
    "online_kernel": _state,
    "online_movable": _state,
    "offline": _state,
    "resize": _state,
    "remove": _state,
}
