"""`[[event]]` of specs."""

from __future__ import annotations

import pytest

from srat_tool.authoring.events import read_spec_events
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import SratToolError
from srat_tool.kernel.hotplug.events import AddDimm
from srat_tool.plan.event_text import read_events

SPEC = """
[[event]]
event = "dimm"
range = ["8G+1G", "10G+1G"]
pxm = 1
[[event]]
event = "virtio-mem"
range = "16G+8G"
block = "4M"
requested = "1G"
id = "v"
[[event]]
event = "online_movable"
range = "8G+128M"
[[event]]
event = "resize"
id = "v"
size = "2G"
[[event]]
event = "remove"
id = "d0"
"""


def test_a_spec_has_the_events_of_the_command_line() -> None:
    """One grammar: each section is what `--add` would be given."""
    texts = [
        "dimm:8G+1G,10G+1G,pxm=1",
        "virtio-mem:16G+8G,block=4M,requested=1G,id=v",
        "online_movable:8G+128M",
        "resize:v=2G",
        "remove:d0",
    ]
    events = parse_spec(SPEC, "m.toml").events
    assert [one[:2] for one in events] == [one[:2] for one in read_events(texts)]
    assert [one.where for one in events] == [f"m.toml: [[event]] {n}" for n in range(1, 6)]


def test_automatic_names_avoid_those_of_other_sections() -> None:
    """A name that a later section gives to its device is not taken before."""
    dimms = [{"event": "dimm", "range": "8G+1G"}, {"event": "dimm", "range": "9G+1G", "id": "d0"}]
    given = read_spec_events(dimms, "m.toml")
    assert [one.event.id for one in given if isinstance(one.event, AddDimm)] == ["d1", "d0"]


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"event": "dimm", "range": "8G+1G", "pmx": 1}, "unknown key"),
        ({"range": "8G+1G"}, "missing key"),
        ({"event": "dimm", "range": True}, "wrong value"),
        ({"event": "dimm", "range": "8G+1G,9G+1G"}, "wrong value"),
        ({"event": "dimm", "range": "8G+1G", "size": "1G"}, "no such option"),
        ({"event": "remove", "id": "d3"}, "no such device"),
        ({"event": "resize"}, "missing key"),
        ("dimm", "not a section"),
    ],
)
def test_what_is_no_event_says_where(section: object, message: str) -> None:
    """The message has the number of the section, on one line."""
    with pytest.raises(SratToolError, match=message) as error:
        read_spec_events([{"event": "dimm", "range": "4G+1G"}, section], "m.toml")
    assert error.value.message.startswith("m.toml: [[event]] 2")
    assert "\n" not in error.value.message
    with pytest.raises(SratToolError, match="expected \\[\\[event"):
        read_spec_events({"event": "dimm"}, "m.toml")
