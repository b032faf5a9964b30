"""Outcomes that depend on what cannot be known."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.plan import alternatives as module
from srat_tool.plan.plan import MovableStart
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from srat_tool.tables.srat import Srat
from tests.machines import mem, srat
from tests.plan.support import plan

HOT_HIGH = srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB, hot=True))
HOT_LOW = srat(mem(0, 0, GIB), mem(1, GIB, 2 * GIB, hot=True), mem(2, 4 * GIB, 6 * GIB, hot=True))


def conditions(table: Srat, cmdline: str = "movable_node nokaslr", **given: object) -> list[str]:
    return [other.condition for other in plan(table, cmdline, **given).alternatives]


def test_nothing_is_open_where_everything_is_given() -> None:
    """The image and the initrd are known, and there is no KASLR."""
    assert conditions(HOT_HIGH) == []


def test_every_entry_hot_leaves_all_ram_to_the_boot_stub() -> None:
    """Then a hot node can become the kernel's."""
    table = srat(mem(0, 0, 2 * GIB, hot=True), mem(1, 4 * GIB, 6 * GIB, hot=True))
    (choice,) = plan(table, "movable_node", kernel_image=None).alternatives
    assert choice.changes == "node 1 becomes a kernel node: ZONE_MOVABLE of it disappears"
    assert (choice.kernel_nodes, choice.movable_start) == ((0, 1), ())


def test_a_table_of_the_initrd_hides_nothing_from_the_boot_stub() -> None:
    """It uses all RAM then, hot-pluggable or not."""
    (words,) = conditions(HOT_HIGH, "movable_node", kernel_image=None)
    assert words == "the SRAT comes with the initrd and KASLR puts the kernel on node 1"


@pytest.mark.parametrize(
    ("kernel", "nodes"),
    [
        ("3.10", []),
        ("4.7", []),
        ("4.8", ["KASLR puts the kernel on node 1"]),
        ("5.0", ["KASLR puts the kernel on node 1"]),
        ("5.1", ["the SRAT comes with the initrd and KASLR puts the kernel on node 1"]),
    ],
)
def test_each_release_has_its_range_of_places_for_the_kernel(kernel: str, nodes: list[str]) -> None:
    """None, the first GiB, all RAM, and RAM that is not hot-pluggable."""
    assert conditions(HOT_HIGH, "movable_node", kernel_image=None, profile=kernel) == nodes


def test_the_first_gib_can_be_of_a_node_of_its_own() -> None:
    """A kernel of 4.7 is put there, hot-pluggable or not; never on a node above it."""
    table = srat(
        mem(0, 0, 256 * MIB),
        mem(1, 256 * MIB, 2 * GIB, hot=True),
        mem(2, 4 * GIB, 6 * GIB, hot=True),
    )
    found = conditions(table, "movable_node", kernel_image=None, initrd=Span(0, 0), profile="4.7")
    assert found == ["KASLR puts the kernel on node 1"]


def test_the_place_of_the_initrd_decides_about_its_node() -> None:
    """It is at the end of low RAM, unless there is none."""
    made = plan(HOT_LOW, "movable_node nokaslr", initrd=None)
    assert [node.nid for node in made.nodes if node.kernel_node] == [0, 1]
    (choice,) = made.alternatives
    assert choice.condition == "there is no initrd"
    assert choice.changes == "node 1 becomes no kernel node: node 1 has a ZONE_MOVABLE"
    assert choice.movable_start == (MovableStart(1, GIB), MovableStart(2, 4 * GIB))
    assert conditions(HOT_LOW, initrd=Span(0, 0)) == []


def test_boot_services_that_were_only_assumed_can_be_elsewhere() -> None:
    """So can the initrd that is assumed as well; more of them reach further down."""
    made = plan(HOT_LOW, "movable_node nokaslr", initrd=None, boot_path="efi")
    assert [node.nid for node in made.nodes if node.kernel_node] == [0, 1]
    (choice,) = made.alternatives
    assert choice.condition == ("neither the EFI boot services nor an initrd are below 0x7ffdf000")
    assert (choice.kernel_nodes, choice.cause) == ((0,), "EFI boot services")
    (words,) = conditions(HOT_LOW, initrd=Span(0, 0), boot_path="efi")
    assert words == "the EFI boot services are not below 0x7ffdf000"
    top = 2 * GIB - 64 * MIB
    small = srat(
        mem(0, 0, GIB),
        mem(1, GIB, top, hot=True),
        mem(0, top, 2 * GIB),
        mem(2, 4 * GIB, 6 * GIB, hot=True),
    )
    found = conditions(small, initrd=Span(0, 0), boot_path="efi")
    assert found == ["the EFI boot services have 128 MiB"]


def test_without_a_memory_map_an_initrd_is_the_alternative() -> None:
    """Firmware takes an unknown part of low RAM; a boot path that is given puts it there."""
    fields = {"initrd": None, "memory_map": None, "hardware": "bare"}
    made = plan(HOT_LOW, "movable_node nokaslr", **fields)
    assert [a.value for a in made.assumptions if a.what == "initrd"] == ["none"]
    assert [start.nid for start in made.movable_start] == [1, 2]
    (choice,) = (other for other in made.alternatives if "initrd" in other.condition)
    assert choice.condition == "an initrd is loaded below 0x80000000"
    assert (choice.kernel_nodes, [start.nid for start in choice.movable_start]) == ((0, 1), [2])
    given = plan(HOT_LOW, "movable_node nokaslr", boot_path="bios", **fields)
    assert [start.nid for start in given.movable_start] == [2]


def test_a_large_initrd_reaches_into_the_next_node() -> None:
    """The smallest of the sizes that do is named; nodes 1 and 2 are kernel nodes in turn."""
    edge = 2 * GIB - 40 * MIB
    table = srat(
        mem(0, 0, GIB), mem(1, GIB, edge, hot=True), mem(2, edge, 6 * GIB), mem(3, 6 * GIB, 7 * GIB)
    )
    assert conditions(table, initrd=None) == ["there is no initrd", "the initrd has 64 MiB"]


def test_places_do_not_matter_without_movable_node() -> None:
    """Marks have no effect then."""
    assert conditions(HOT_LOW, "nokaslr", initrd=None) == []


def test_an_image_across_a_border_is_on_both_nodes() -> None:
    """A node that is smaller than the image is never alone."""
    table = srat(
        mem(0, 0, GIB),
        mem(1, GIB, GIB + 2 * MIB),
        mem(2, GIB + 2 * MIB, 2 * GIB),
        mem(3, 4 * GIB, 6 * GIB, hot=True),
    )
    made = plan(table, "movable_node", kernel_image=None, initrd=Span(0, 0))
    assert [(one.condition, one.kernel_nodes) for one in made.alternatives] == [
        ("KASLR puts the kernel on node 2", (0, 2)),
        ("KASLR puts the kernel on node 1", (0, 1)),
        ("KASLR puts the kernel on nodes 1 and 2", (0, 1, 2)),
        ("the SRAT comes with the initrd and KASLR puts the kernel on node 3", (0, 3)),
    ]


def test_the_size_of_the_kernel_image_decides_about_the_node_behind_it() -> None:
    """It is assumed as it is usual."""
    edge = 66 * MIB
    table = srat(mem(0, 0, edge), mem(1, edge, 2 * GIB, hot=True), mem(2, 4 * GIB, 6 * GIB))
    made = plan(table, "movable_node nokaslr", kernel_image=None, initrd=Span(0, 0))
    (larger,) = made.alternatives
    assert larger.condition == "the kernel image has 64 MiB"
    assert (larger.kernel_nodes, larger.movable_start) == ((0, 1), ())


def test_boots_of_alternatives_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many places only some are booted, and the plan states how many."""
    monkeypatch.setattr(module, "MAX_NODE_BOOTS", 1)
    monkeypatch.setattr(module, "MIN_BOOTS", 1)
    made = plan(HOT_LOW, "movable_node nokaslr", initrd=None)
    assert [other.condition for other in made.alternatives] == ["there is no initrd"]
    (left_out,) = [a.value for a in made.assumptions if a.what == "alternatives"]
    assert left_out.startswith("1 of ")


def test_firmware_may_put_the_kernel_on_any_node() -> None:
    """Where no boot stub looks at the SRAT, each node, and each border of two, is an outcome."""
    table = srat(mem(0, 1 * GIB, 2 * GIB, hot=True), mem(1, 2 * GIB, 4 * GIB, hot=True))
    ram = MemoryMap(entries=(MapEntry(GIB, 4 * GIB, MemoryType.RAM),))
    given = {"arch": "arm64", "profile": "6.12", "kernel_image": None, "initrd": None}
    words = conditions(table, "movable_node nokaslr", memory_map=ram, **given)
    assert words == [
        "firmware puts the kernel on node 0",
        "firmware puts the kernel on nodes 0 and 1",
    ]
