"""`[[event]]` of a spec: what happens to memory after the boot.

A section has the words of `--add` as keys, so there is one grammar of events.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from srat_tool.base.errors import SpecError
from srat_tool.plan.event_text import read_placed_events
from srat_tool.plan.event_values import GivenEvent

EVENT_KEYS = {
    "event": "`dimm`, `virtio-mem`, `kmem`, `online`, `online_kernel`, `online_movable`, "
    "`offline`, `resize` or `remove`",
    "range": "START+SIZE, or a list of them",
    "id": "name of the device; default: d0, d1 and so on, in the order of the devices, "
    "without the names that others have",
    "pxm": "proximity domain that the device states",
    "block": "device block size of a virtio-mem device",
    "requested": "how much of a virtio-mem device the host wants to be plugged",
    "source": "what made a kmem device: `hmem`, `cxl` or `pmem`",
    "node": "target node of a kmem device",
    "ways": "number of devices that a CXL region is interleaved over",
    "size": "new requested size, of `resize`",
}
"""The keys, and what each of them holds."""


def read_spec_events(sections: object, where: str) -> tuple[GivenEvent, ...]:
    """Read the sections in order.

    Args:
        sections: what TOML has of them.
        where: the spec's path, for messages.

    Raises:
        EventError: when an event is malformed, or names a device that no event before it adds.
        SpecError: when a section is none, or a value has the wrong type.
    """
    if not isinstance(sections, list):
        raise SpecError("not a list of sections", where=where, got="[event]", expected="[[event]]")
    found: list[tuple[str, str]] = []
    for number, section in enumerate(sections, 1):
        place = f"{where}: [[event]] {number}"
        if not isinstance(section, dict):
            raise SpecError("not a section", where=place, expected="keys with values")
        found.append((_text(section, place), place))
    return read_placed_events(found)


def _text(section: Mapping[str, Any], where: str) -> str:
    """Return an event as `--add` takes it."""
    for key in section:
        if key not in EVENT_KEYS:
            expected = f"one of {', '.join(EVENT_KEYS)}"
            raise SpecError("unknown key", where=f"{where} {key}", expected=expected)
    kind = _word(section, "event", where)
    if kind in ("remove", "resize"):
        rest = [_word(section, "id", where)]
        if "size" in section:
            rest = [f"{rest[0]}={_word(section, 'size', where)}"]
        used = {"event", "id", "size"}
    else:
        ranges = section.get("range", [])
        rest = [_plain(one, "range", where) for one in _listed(ranges)]
        used = {"event", "range"}
    more = [f"{key}={_word(section, key, where)}" for key in section if key not in used]
    return f"{kind}:{','.join([*rest, *more])}"


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _word(section: Mapping[str, Any], key: str, where: str) -> str:
    if key not in section:
        raise SpecError("missing key", where=f"{where} {key}", expected=EVENT_KEYS[key])
    return _plain(section[key], key, where)


def _plain(value: object, key: str, where: str) -> str:
    """Return a text or a number as one word of an event."""
    if isinstance(value, bool) or not isinstance(value, (str, int)) or "," in str(value):
        expected = EVENT_KEYS[key]
        raise SpecError("wrong value", where=f"{where} {key}", got=repr(value), expected=expected)
    return str(value)
