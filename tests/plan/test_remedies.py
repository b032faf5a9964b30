"""What keeps early kernel data out of a node."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.plan.advise import advise
from srat_tool.plan.remedies import at_risk, borders_remedy, causes_of, remedies, remedy, unless
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from tests.machines import mem, srat
from tests.plan.support import machine, plan

TOP_OF_LOW = srat(
    mem(0, 0, GIB), mem(1, GIB, 2 * GIB, hot=True), mem(1, 4 * GIB, 6 * GIB, hot=True)
)


def test_the_initrd_can_be_kept_out() -> None:
    """The sentence names what loads it there, and what to do."""
    made = plan(TOP_OF_LOW, "movable_node nokaslr", initrd=None)
    words = unless(made, 1)
    assert words is not None
    assert words.startswith("node 1 is removable unless the initrd is there: QEMU loads it")
    assert "keep it out by giving it only memory above 4 GiB" in words
    assert list(remedies(made, [1])) == [words]


def test_what_is_always_there_has_no_remedy() -> None:
    """The first pages and the BIOS area stay; so does a node whose memory is not all hot."""
    assert remedy(["first pages, BIOS area", "initrd"]) is None
    assert remedy([]) is None
    made = plan(TOP_OF_LOW, "movable_node nokaslr", initrd=None)
    assert unless(made, 0) is None
    assert unless(plan(TOP_OF_LOW, "nokaslr", initrd=None), 1) is None
    partly = srat(mem(0, 0, GIB), mem(1, GIB, 2 * GIB, hot=True), mem(1, 4 * GIB, 6 * GIB))
    assert unless(plan(partly, "movable_node nokaslr", initrd=None), 1) is None


@pytest.mark.parametrize(
    ("because", "causes"),
    [
        (["initrd"], ("initrd",)),
        (["initrd, page tables", "initrd"], ("initrd", "page tables")),
        (["ACPI table FACP, ACPI table APIC"], ("ACPI table",)),
    ],
)
def test_causes_are_single_and_named_once(because: list[str], causes: tuple[str, ...]) -> None:
    """A region may hold several things, and a node several regions."""
    assert causes_of(because) == causes
    assert remedy(because) is not None


def test_several_causes_are_told_apart() -> None:
    """Each with who puts it there."""
    words = remedy(["initrd", "ACPI table FACP"])
    assert words is not None
    assert "initrd: QEMU" in words
    assert "ACPI table: the firmware puts them there; keep them out" in words


def test_kaslr_may_take_a_node() -> None:
    """One outcome of each cause is named, and what rules it out."""
    table = srat(mem(0, 0, 2 * GIB, hot=True), mem(1, 4 * GIB, 6 * GIB, hot=True))
    made = plan(table, "movable_node", kernel_image=None)
    (risk,) = at_risk(made, 1)
    assert risk.startswith("if KASLR puts the kernel on node 1: node 1 becomes a kernel node")
    (words,) = remedies(made, [1])
    assert words == "keep the kernel image out of node 1 with nokaslr: KASLR puts it anywhere"


def test_advice_has_the_remedy() -> None:
    """Whether the request is possible or not."""
    given = machine(TOP_OF_LOW, "nokaslr", initrd=None)
    refused = advise(given, [1])
    assert not refused.possible
    assert "unless the initrd is there" in refused.remedies[0]
    spans = (Span(4096, 0x9F000), Span(1 << 20, 2 * GIB), Span(4 * GIB, 6 * GIB))
    whole = MemoryMap(entries=tuple(MapEntry(*span, MemoryType.RAM) for span in spans))
    allowed = advise(machine(TOP_OF_LOW, "nokaslr", initrd=Span(0, 0), memory_map=whole), [1])
    assert allowed.possible
    assert allowed.remedies == ()


def test_nothing_but_firmware_moves_a_kernel_that_it_places() -> None:
    """On arm64 nokaslr leaves the image where the firmware has loaded it."""
    assert "nokaslr" in (remedy(["kernel image"]) or "")
    assert "firmware" in (remedy(["kernel image"], "aarch64") or "")


def test_nodes_that_share_a_memory_block_need_other_firmware() -> None:
    """No option helps where a block has memory of two nodes; a border between blocks does."""
    low, border = mem(0, 0, 2 * GIB), 5 * GIB + (64 << 20)
    shared = srat(low, mem(0, 4 * GIB, border), mem(1, border, 6 * GIB, hot=True))
    made = plan(shared, "movable_node nokaslr")
    words = borders_remedy(made, 1)
    assert words is not None
    assert words.endswith("begins and ends at a multiple of 128M, the size of a memory block")
    assert words in list(remedies(made, [1]))
    apart = srat(low, mem(0, 4 * GIB, 5 * GIB), mem(1, 5 * GIB, 6 * GIB, hot=True))
    whole = plan(apart, "movable_node nokaslr")
    assert borders_remedy(whole, 1) is None
    assert borders_remedy(whole, 0) is None
