"""Events as users write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.kernel.hotplug.events import (
    AddDimm,
    AddKmem,
    AddVirtioMem,
    ChangeState,
    RemoveDevice,
    Resize,
)
from srat_tool.plan.event_text import EventError, read_events


def test_each_kind() -> None:
    """Devices are numbered unless they are named."""
    events = [
        given.event
        for given in read_events(
            [
                "dimm:8G+1G,pxm=1",
                "virtio-mem:16G+8G,block=4M,requested=1G,id=v",
                "kmem:64G+4G,source=cxl,node=2,ways=2",
                "online_movable:8G+128M",
                "resize:v=2G",
                "remove:d0",
            ]
        )
    ]
    assert events == [
        AddDimm("d0", (Span(8 * GIB, 9 * GIB),), 1),
        AddVirtioMem("v", Span(16 * GIB, 24 * GIB), 4 * MIB, GIB, None),
        AddKmem("d2", (Span(64 * GIB, 68 * GIB),), "cxl", 2, 2),
        ChangeState(Span(8 * GIB, 8 * GIB + 128 * MIB), "online_movable"),
        Resize("v", 2 * GIB),
        RemoveDevice("d0"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dimm",
        "dimm:",
        "dimm:8G",
        "dimm:8G+0",
        "dimm:16E+1G",
        "dimm:8G+1G,pxm=x",
        "dimm:8G+1G,node=1",
        "cpu:1",
        "kmem:8G+1G,source=disk",
        "kmem:8G+1G,source=cxl,ways=0",
        "online:8G+1G,9G+1G",
        "virtio-mem:8G+1G,block=3M",
        "dimm:8G+1G,",
        "dimm:8G+1G,pxm=1,pxm=1",
        "dimm:8G+1G,pxm=4294967296",
        "dimm:8G+1G,id=",
        "dimm:8G+1G,id=a b",
        "dimm:8G+1G,\x1b[2J=1",
        "dimm:" + "9" * 5000 + "+1G",
        "dimm:8G+1G" + ",x" * 100_000,
        "virtio-mem:8G+1G,block=0",
        "virtio-mem:8G+1G,block=2M,requested=3M",
        "virtio-mem:8G+1G,block=4G",
        "remove:",
        "remove:d7",
        "resize:d7=1G",
        "kmem:8G+1G,node=2147483648",
        "kmem:8G+1G,node=-1",
    ],
)
def test_what_is_no_event(text: str) -> None:
    """The message shows what was given."""
    with pytest.raises(SratToolError) as error:
        read_events([text])
    assert error.value.message.isprintable()
    assert len(error.value.message) < 600


def test_only_virtio_mem_changes_its_size() -> None:
    """A DIMM has one size for good; a name is used once."""
    with pytest.raises(EventError, match="only virtio-mem"):
        read_events(["dimm:8G+1G", "resize:d0=2G"])
    with pytest.raises(EventError, match="a device d0 already"):
        read_events(["dimm:8G+1G,id=d0", "dimm:9G+1G,id=d0"])


def _ids(*texts: str) -> list[str]:
    events = (given.event for given in read_events(texts))
    return [event.id for event in events if not isinstance(event, ChangeState)]


def test_automatic_names_avoid_those_that_are_given() -> None:
    """Those of earlier devices and of later ones; otherwise a device has its own number."""
    assert _ids("dimm:8G+1G,id=d1", "dimm:9G+1G") == ["d1", "d2"]
    assert _ids("dimm:8G+1G", "dimm:9G+1G,id=d0", "remove:d0") == ["d1", "d0", "d0"]
    given = [f"dimm:{8 + number}G+1G,id=d{number + 1}" for number in range(3)]
    assert _ids(*given, "dimm:20G+1G", "dimm:21G+1G") == ["d1", "d2", "d3", "d4", "d5"]
    assert _ids("dimm:8G+1G, id = d1", "dimm:9G+1G", "kmem:10G+1G") == ["d1", "d2", "d3"]
    assert _ids("dimm:8G+1G,id=x", "dimm:9G+1G") == ["x", "d1"]


@given(st.text(max_size=40))
def test_any_text_is_an_event_or_an_error_of_one_line(text: str) -> None:
    """Nothing else comes out."""
    for prefix in ("", "dimm:", "kmem:8G+", "virtio-mem:1G+1G,block="):
        message = ""
        try:
            read_events([prefix + text])
        except SratToolError as error:
            message = error.message
        assert "\n" not in message


def test_a_range_may_end_at_the_top_of_all_addresses() -> None:
    """The last byte is 2^64 - 1; one byte more is no range."""
    (given,) = read_events(["dimm:0xfffffffff8000000+128M"])
    assert given.event == AddDimm("d0", (Span((1 << 64) - 128 * MIB, 1 << 64),), None)
    with pytest.raises(EventError, match="ends above 2"):
        read_events(["dimm:0xfffffffff8000000+256M"])
    with pytest.raises(EventError, match="is empty"):
        read_events(["dimm:8G+0"])
