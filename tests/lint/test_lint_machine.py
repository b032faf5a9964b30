"""What only a plan of a machine shows."""

from __future__ import annotations

from tests.lint.lab import TWO_NODES, machine, srat_spec, table_spec

_HOT_RISER = "apic 0 0\napic 1 1\nmem 0 0+4G\nmem 1 4G+4G hotplug"


def test_without_a_command_line_the_plan_is_that_of_movable_node() -> None:
    """That is what hot-pluggable ranges are for; the kernel stays in node 0."""
    found = machine(srat_spec(_HOT_RISER))
    assert found.movable_nodes == {1: 1}
    assert list(found.kernel_nodes) == [0]
    assert found.processor_nodes == {0, 1}


def test_a_command_line_counts_as_it_is() -> None:
    """Without an option for ZONE_MOVABLE, nothing is known about what could be removed."""
    found = machine(srat_spec(_HOT_RISER) + '[kernel]\ncmdline = "quiet"')
    assert found.has_option("quiet")
    assert found.movable_nodes == {}
    assert found.kernel_nodes == {}


def test_nothing_is_planned_without_memory_ranges() -> None:
    """Neither a plan nor tiers; the unit of hot-add is the smallest."""
    found = machine(srat_spec("apic 0 0"))
    assert found.plan is None
    assert found.tiers is None
    assert found.memory_block_bytes == 128 << 20


def test_tiers_are_of_a_machine_with_an_hmat_or_windows() -> None:
    """On a plain machine there are no tiers to judge."""
    assert machine(srat_spec(TWO_NODES)).tiers is None
    assert machine(table_spec("hmat", "") + srat_spec(TWO_NODES)).hmat_tiers is None
