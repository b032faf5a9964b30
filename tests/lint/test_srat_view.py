"""What rules know of an SRAT."""

from __future__ import annotations

from srat_tool.base.span import Span
from tests.lint.lab import TWO_NODES, srat_view


def test_domains_by_kind() -> None:
    """Processors, memory and everything together."""
    view = srat_view(TWO_NODES + "initiator 2 pci:0000:3a:00.0")
    assert (view.cpu_domains, view.memory_domains, view.domains) == ({0, 1}, {0, 1}, {0, 1, 2})


def test_old_revision_masks_domains() -> None:
    """Revision 1 has domains of eight bits in processor and memory entries."""
    assert srat_view("apic 0 0\nmem 257 0+4G", "revision = 1").memory_domains == {1}


def test_empty_and_wrapping_ranges_are_no_ranges() -> None:
    """They are judged by rules of their own."""
    view = srat_view("mem 0 0+0\nmem 0 4G+0xffffffffffffffff\nmem 0 1G+1G")
    assert [item.span for item in view.ranges] == [Span(1 << 30, 2 << 30)]


def test_overlap_is_with_the_range_that_reaches_furthest() -> None:
    """A wide range overlaps what follows a short one.

    |---------- 0 ----------|
      |-1-|        |-- 2 --|
    """
    view = srat_view("mem 0 0+8G\nmem 1 1G+1G\nmem 2 6G+1G")
    pairs = [(first.domain, second.domain) for first, second in view.overlaps]
    assert pairs == [(0, 1), (0, 2)]


def test_nodes_follow_processors_then_memory() -> None:
    """Linux numbers the domains as it meets them."""
    assert srat_view("mem 2 0+4G\napic 1 0\napic 0 1").node_order == [1, 0, 2]


def test_disabled_initiator_ends_the_pass() -> None:
    """Processors after it are not seen, memory is."""
    view = srat_view("apic 0 0\ninitiator 5 1:00 off\napic 1 1\nmem 2 0+4G\nmem 1 4G+4G")
    assert view.node_order == [0, 2, 1]


def test_an_id_that_linux_cannot_take_numbers_no_node() -> None:
    """An x2APIC entry with such an id is dropped before its domain gets a node."""
    view = srat_view("x2apic 1 0x8000\nx2apic 0 0x7fff\nmem 0 0+4G\nmem 1 4G+4G")
    assert view.node_order == [0, 1]


def test_same_processor_in_two_forms() -> None:
    """An APIC id and an x2APIC id of the same number are the same processor."""
    ((first, second),) = srat_view("apic 0 7\nx2apic 1 7\nmem 0 0+4G").repeated_cpus
    assert (first.entry.type, second.entry.type) == (0, 2)


def test_fragments_agree_in_flags() -> None:
    """Touching ranges of one domain with other flags begin a new run."""
    view = srat_view("mem 0 0+1G\nmem 0 1G+1G\nmem 0 2G+1G hotplug")
    assert [len(run) for run in view.fragments] == [2, 1]


def test_hypervisors_by_their_ids() -> None:
    """Hyper-V signs its tables."""
    assert srat_view("mem 0 0+1G", 'oem = ["VRTUAL"]').is_hyper_v
    assert not srat_view("mem 0 0+1G", 'oem = ["BOCHS "]').is_hyper_v
