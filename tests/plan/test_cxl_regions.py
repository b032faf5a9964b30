"""Regions of whole machines: their devices, numbers and tiers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from srat_tool.base.units import GIB, MIB
from srat_tool.grammar.registry import decode, encode
from srat_tool.kernel.access import NOT_GIVEN, Coordinate
from srat_tool.kernel.memory_tiers import Tier
from srat_tool.plan.cxl_values import CxlDevice, RegionPlan
from srat_tool.plan.plan import Plan
from srat_tool.tables.cedt import Cedt, Chbs
from tests.cdats import cdat_bytes, dsmas, numbers, usual
from tests.cxl import START, cxl_plan, device, tables


def region(made: Plan, at: int = 0) -> RegionPlan:
    assert made.after is not None
    return made.after.regions[at]


def tier(made: Plan) -> Tier:
    assert made.after is not None
    assert made.after.late.tiers is not None
    return made.after.late.tiers.tiers[-1]


@pytest.mark.parametrize(
    ("kernel", "latency", "number", "shown"),
    [("6.12.117", 202, 226, 4), ("6.12.107", 17200, 15525, 4), ("7.2.13", 17200, 15525, 2)],
)
def test_a_region_of_one_device(kernel: str, latency: int, number: int, shown: int) -> None:
    """The point release decides about the link, and the release about access classes."""
    made = cxl_plan(device(), kernel=kernel)
    found = region(made)
    assert found.window == 0
    assert found.members == ("a.cdat",)
    assert found.ways.cpu == Coordinate(latency, latency + 100, 5120, 5120)
    assert tier(made) == Tier(number, (2,))
    assert made.after is not None
    assert len(made.after.late.access) == shown
    assert not [one for one in made.assumptions if "cdat" in one.what]


def test_what_was_not_said_is_assumed() -> None:
    """Link, and nothing about the host bridge where the window has one only."""
    made = cxl_plan(CxlDevice("a.cdat", usual()))
    assert region(made).ways.cpu.read_latency == 202
    assumed = {one.what: one.value for one in made.assumptions}
    assert assumed["link of a.cdat"] == "32 GT/s x16"
    assert assumed["answer of ACPI0017's _DSM for classes of service"] == "class 0"


def test_a_host_bridge_of_cxl_1_1() -> None:
    """Linux computes no way to a restricted device: no bandwidth, and kmem's own tier."""
    found = tables()
    (cedt,) = (one for one in found if one.data[:4] == b"CEDT")
    bridge = Chbs(0, 0, 0, 32, 12, 0, 0, 0x10000000, 0x2000)
    table = decode(cedt.data).table
    assert isinstance(table, Cedt)
    old = replace(table, entries=(bridge, *table.entries))
    length = table.header.length + 32
    old = replace(old, header=old.header._replace(length=length), size=length)
    given = tuple(one._replace(data=encode(old)) if one is cedt else one for one in found)
    made = cxl_plan(device(), given=given)
    assert region(made).ways.cpu == NOT_GIVEN
    assert region(made).why.startswith("host bridge 12 is one of CXL 1.1")
    assert tier(made).number == 22


def test_switches_are_an_assumption() -> None:
    """Their CDAT is not read, which is reported wherever devices are given."""
    said = [one for one in cxl_plan(device()).assumptions if one.what.startswith("switches")]
    assert [one.value for one in said] == ["none"]


def test_flits_of_fast_links() -> None:
    """64 GT/s need flits of 256 bytes, which is assumed; the option overrides it."""
    fast = cxl_plan(device(speed=64000, width=16), kernel="7.2.13")
    assert region(fast).ways.cpu.read_latency == 32200
    assert [one.value for one in fast.assumptions if one.what.startswith("flits")] == ["256 bytes"]
    short = cxl_plan(device(speed=64000, width=16, flit=68), kernel="7.2.13")
    assert region(short).ways.cpu.read_latency == 8700


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (cxl_plan(), "no CDAT of its devices was given"),
        (
            cxl_plan(
                device(), kernel="6.8", events=("kmem:16G+512M,source=cxl", "online:16G+512M")
            ),
            "this kernel gives regions no numbers",
        ),
        (
            cxl_plan(
                device(),
                given=tables((START + 128 * MIB, GIB)),
                events=("kmem:16512M+512M,source=cxl",),
            ),
            "no window that cxl_acpi accepts holds it",
        ),
        (cxl_plan(device(bridge=9)), "0 of the given devices fit, 1 are needed"),
        (
            cxl_plan(device(), events=("kmem:16G+1G,source=cxl,ways=2",)),
            "1 of the given devices fit, 2 are needed",
        ),
        (
            cxl_plan(device(usual()[:-1] + b"\1")),
            "Linux refuses the CDAT a.cdat: its bytes do not add up to 0",
        ),
        (
            cxl_plan(device(), given=tables(uid=13)),
            "no generic port with all numbers for host bridge 12, in the SRAT and the HMAT",
        ),
        (
            cxl_plan(device(cdat_bytes(dsmas(flags=4), *numbers()))),
            "0 of the given devices fit, 1 are needed",
        ),
    ],
)
def test_why_there_are_no_numbers(made: Plan, why: str) -> None:
    """Then the region is in the tier of kmem, and the reason is given."""
    assert region(made).why == why
    assert region(made).ways == (NOT_GIVEN, NOT_GIVEN)
    assert tier(made) == Tier(22, (2,))


def test_two_regions_on_two_devices() -> None:
    """The second takes the device that has room left, and cannot change the node's type."""
    slow = usual(values=numbers(900, 900))
    made = cxl_plan(
        device(),
        device(slow),
        events=("kmem:16G+512M,source=cxl", "kmem:16896M+512M,source=cxl"),
    )
    assert region(made).ways.cpu.read_latency == 202
    assert region(made, 1).ways.cpu.read_latency == 952
    assert tier(made) == Tier(226, (2,))
    assumed = [one for one in made.assumptions if one.what.startswith("members")]
    assert [one.what for one in assumed] == ["members of the region of d0"]


def test_a_part_that_no_range_holds() -> None:
    """A region must be inside the range whose numbers count."""
    two = cdat_bytes(dsmas(0), dsmas(1, 512 * MIB), *numbers(), *numbers(handle=1))
    found = region(cxl_plan(device(two)))
    assert found.why == "no range of the CDAT a.cdat holds its part"


def test_persistent_memory() -> None:
    """A device of pmem in a window has the numbers of its persistent range."""
    both = cdat_bytes(dsmas(0), dsmas(1, 512 * MIB, flags=4), *numbers(), *numbers(300, handle=1))
    made = cxl_plan(device(both), events=("kmem:16G+512M,source=pmem",))
    assert region(made).ways.cpu.read_latency == 352


def test_other_memory_is_no_region() -> None:
    """A device of dax_hmem has none."""
    made = cxl_plan(device(), events=("kmem:16G+512M",))
    assert made.after is not None
    assert made.after.regions == ()


_EDITS = st.lists(st.tuples(st.integers(0, 400), st.sampled_from([0, 1, 2, 3, 127, 255])))


@given_by(
    st.sampled_from([b"SRAT", b"HMAT", b"CEDT", b"CDAT"]),
    st.integers(0, 400),
    _EDITS,
    st.booleans(),
    st.sampled_from(["5.10", "6.1", "6.6.117", "6.8", "6.12.117", "7.2.13", "7.3"]),
)
def test_damaged_tables_give_a_plan(
    which: bytes,
    size: int,
    edits: list[tuple[int, int]],
    whole: bool,
    kernel: str,
) -> None:
    """Cut anywhere, with any byte replaced, and with its length and checksum made right again."""

    def damaged(data: bytes, length_at: int, sum_at: int) -> bytes:
        found = bytearray(data[: max(size, sum_at + 1)])
        for at, value in edits:
            found[at % len(found)] = value
        if whole:
            found[length_at : length_at + 4] = len(found).to_bytes(4, "little")
            found[sum_at] = (found[sum_at] - sum(found)) & 0xFF
        return bytes(found)

    cdat = damaged(usual(), 0, 5) if which == b"CDAT" else usual()
    given = tuple(
        one._replace(data=damaged(one.data, 4, 9)) if one.data[:4] == which else one
        for one in tables()
    )
    made = cxl_plan(device(cdat), kernel=kernel, given=given)
    # A kernel that dies has no time after it.
    assert (made.after is None) == (made.crash is not None)
