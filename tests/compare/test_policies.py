"""One machine under every policy."""

from __future__ import annotations

from srat_tool.base.units import GIB, MIB
from srat_tool.compare.policies import PolicyComparison, compare_policies
from srat_tool.plan.machine import Machine
from srat_tool.plan.removability import node_removals
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from srat_tool.tables.srat import Srat
from tests.machines import gicc, mem, srat
from tests.plan.series import E11, series_machine
from tests.plan.support import raw

HOT_1 = srat(mem(0, 0, 6 * GIB), mem(1, 6 * GIB, 14 * GIB, hot=True))


def _compare(table: Srat | None, cmdline: str = "", **fields: object) -> PolicyComparison:
    return compare_policies(series_machine(table, cmdline, "6.1", **fields))


def _text(comparison: PolicyComparison) -> str:
    return "\n".join(difference.sentence for difference in comparison.differences)


def test_three_policies_and_the_given_sizes() -> None:
    """Sizes are a column of their own, only when there are some."""
    names = [policy.name for policy in _compare(HOT_1).policies]
    assert names == ["movablecore=acpi on acpi2013", "movable_node on 6.1", "no option on 6.1"]
    sized = _compare(HOT_1, "kernelcore=4G movable_node quiet")
    assert [policy.option for policy in sized.policies][2] == "kernelcore=4G"
    assert "without a look at the SRAT's hotplug marks" in _text(sized)


def test_shares_of_a_hot_node() -> None:
    """All movable and removable under both hot policies; all kernel memory without."""
    series, mainline, none = (policy.shares[1] for policy in _compare(HOT_1).policies)
    assert (series.normal, series.movable, series.removable) == (0, 8 * GIB, 8 * GIB)
    assert (mainline.normal, mainline.movable, mainline.removable) == (0, 8 * GIB, 8 * GIB)
    assert (none.normal, none.movable, none.removable) == (8 * GIB, 0, 0)
    assert series.node_local > 0
    assert mainline.node_local == 0


def test_differences_are_sentences_with_their_policies() -> None:
    """One sentence a difference, policies of which the same is true together."""
    text = _text(_compare(HOT_1))
    assert (
        "node 1: 8G are movable and hot-removable under movablecore=acpi and movable_node; "
        "nothing is movable under no option." in text
    )


def test_nodes_alike_share_a_sentence() -> None:
    """What is true of several nodes is printed once."""
    table = srat(
        mem(0, 0, 6 * GIB),
        mem(1, 6 * GIB, 10 * GIB, hot=True),
        mem(2, 10 * GIB, 14 * GIB, hot=True),
    )
    assert "nodes 1-2: 4G are movable" in _text(_compare(table))


def test_the_series_keeps_marks_apart_where_mainline_joins() -> None:
    """The worked example: two nodes have a hot and another range each."""
    assert "only the series keeps hot and other ranges of a node apart" in _text(_compare(E11))


def test_an_unaligned_start_is_rounded_by_mainline_only() -> None:
    """The hot range begins one MiB below a multiple of 4 MiB."""
    table = srat(mem(0, 0, 7 * GIB - MIB), mem(1, 7 * GIB - MIB, 14 * GIB, hot=True))
    text = _text(_compare(table))
    assert "starts at 0x1bff00000 under movablecore=acpi, which does not round" in text
    assert "at 0x1c0000000 under movable_node, which rounds up to 4 MiB" in text


def test_what_leaks_is_not_removable() -> None:
    """With 1G pages there is nothing between two hot nodes: the second one leaks."""
    table = srat(
        mem(0, 0, 6 * GIB),
        mem(1, 6 * GIB, 10 * GIB, hot=True),
        mem(2, 10 * GIB, 14 * GIB, hot=True),
    )
    comparison = _compare(table, direct_map="1G")
    assert comparison.policies[0].shares[2].removable == 0
    assert "4G stay reserved for ever under movablecore=acpi" in _text(comparison)


def test_a_rejected_table_is_a_difference_of_the_machine() -> None:
    """Reported once for each policy, with the reason."""
    table = srat(mem(0, 0, 8 * GIB), mem(1, 6 * GIB, 14 * GIB, hot=True))
    comparison = _compare(table)
    assert [d.nids for d in comparison.differences if "rejects the SRAT" in d.text] == [()] * 3


def test_the_series_is_left_out_where_it_does_not_exist() -> None:
    """The other policies are compared all the same, and the reason is a difference."""
    table = srat(gicc(0, 0), gicc(1, 1), mem(0, GIB, 2 * GIB), mem(1, 2 * GIB, 3 * GIB, hot=True))
    comparison = compare_policies(Machine(tables=(raw(table),)))
    assert [policy.option for policy in comparison.policies] == ["movable_node", "no option"]
    assert "movablecore=acpi is left out: the 2013 series" in _text(comparison)


def test_an_option_of_no_released_kernel_says_so() -> None:
    """With what movable_node does instead."""
    assert "no released kernel has movablecore=acpi; movable_node on kernel" in _text(
        _compare(HOT_1)
    )


def test_removable_memory_is_in_blocks_that_can_go_offline() -> None:
    """A block of 2 GiB with memory of two nodes keeps its share of each."""
    tables = srat(mem(0, 0, 33 * GIB), mem(1, 33 * GIB, 65 * GIB, hot=True))
    ram = MemoryMap((MapEntry(0, 65 * GIB, MemoryType.RAM),))
    machine = Machine(
        tables=(raw(tables),), memory_map=ram, profile="7.2", command_line="movable_node"
    )
    policy = next(one for one in compare_policies(machine).policies if one.option == "movable_node")
    assert policy.shares[1].movable == 32 * GIB
    assert policy.shares[1].removable == 30 * GIB
    assert [one.answer for one in node_removals(policy.plan)] == ["no", "no"]
