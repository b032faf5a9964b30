"""What makes nodes hot-removable: options first, then the SRAT, then the reason why not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from srat_tool.base.errors import BootOptionError
from srat_tool.base.units import GIB, MIB
from srat_tool.plan.advise import Advice, advise
from srat_tool.tables.srat import Srat
from tests.machines import cpu, mem, srat
from tests.plan.series import E11, series_machine


def _advise(
    table: Srat | None, *nodes: int, memory: int = 0, profile: str = "6.1", cmdline: str = "nokaslr"
) -> Advice:
    return advise(series_machine(table, cmdline, profile), nodes, memory)


HOT_1 = srat(cpu(0, 0), mem(0, 0, 6 * GIB), mem(1, 6 * GIB, 14 * GIB, hot=True))
COLD = srat(cpu(0, 0), mem(0, 0, 6 * GIB), mem(1, 6 * GIB, 10 * GIB), mem(2, 10 * GIB, 14 * GIB))


def test_an_option_is_enough_where_the_table_says_hot() -> None:
    """The answer names the option of the kernel, and what it leaves."""
    advice = _advise(HOT_1, 1)
    assert advice.possible
    assert advice.options == ("movable_node",)
    assert advice.edits == ()
    costs = {cost.nid: cost for cost in advice.costs}
    assert costs[1].kernel == 0
    assert costs[1].movable == 8 * GIB
    assert costs[1].remote >= 128 * MIB
    assert advice.movable_bytes == 8 * GIB


def test_the_series_has_its_own_option() -> None:
    """On the kernel of 2013 it is movablecore=acpi."""
    assert _advise(HOT_1, 1, profile="acpi2013").options == ("movablecore=acpi",)


def test_options_already_on_the_command_line_do_not_count() -> None:
    """The question is what to give, so what is given is left out."""
    advice = _advise(HOT_1, 1, cmdline="nokaslr kernelcore=13G")
    assert advice.options == ("movable_node",)


def test_the_table_has_to_change_where_it_says_nothing() -> None:
    """The entries of the node are named with their offsets."""
    advice = _advise(COLD, 2)
    assert advice.possible
    assert [(edit.pxm, edit.hot) for edit in advice.edits] == [(2, True)]
    assert advice.edits[0].offset == 48 + 16 + 2 * 40
    assert len(advice.tried) == 1


def test_too_little_for_the_kernel_costs_other_nodes_their_marks() -> None:
    """Node 1 is hot as well: without its mark the kernel has enough."""
    table = srat(
        mem(0, 0, 6 * GIB),
        mem(1, 6 * GIB, 10 * GIB, hot=True),
        mem(2, 10 * GIB, 14 * GIB, hot=True),
    )
    assert _advise(table, 2).edits == ()
    advice = _advise(table, 2, memory=6 * GIB)
    assert advice.possible
    assert [(edit.pxm, edit.hot) for edit in advice.edits] == [(1, False)]
    assert not _advise(table, 2, memory=10 * GIB).possible


def test_the_kernels_own_node_cannot_be_removed() -> None:
    """The reservations are the reason, whatever the table declares."""
    advice = _advise(E11, 0)
    assert not advice.possible
    assert "holds early kernel data" in advice.because[0]
    assert len(advice.tried) == 3


def test_a_node_that_leaks_cannot_be_removed() -> None:
    """In the series the second of two hot nodes in a row is never given back."""
    table = srat(
        mem(0, 0, 6 * GIB),
        mem(1, 6 * GIB, 10 * GIB, hot=True),
        mem(2, 10 * GIB, 14 * GIB, hot=True),
    )
    machine = series_machine(table, "", "acpi2013", direct_map="1G")
    assert "stay reserved for ever" in " ".join(advise(machine, [2]).tried)


def test_a_rejected_table_makes_nothing_removable() -> None:
    """Linux's own reason is handed on."""
    table = srat(mem(0, 0, 8 * GIB), mem(1, 6 * GIB, 14 * GIB, hot=True))
    advice = _advise(table, 0)
    assert not advice.possible
    assert "does not use the SRAT" in advice.because[0]


def test_a_kernel_without_any_option() -> None:
    """3.10 knows neither option."""
    advice = _advise(HOT_1, 1, profile="3.10")
    assert not advice.possible
    assert "neither movable_node nor movablecore=acpi" in advice.because[0]


def test_a_node_without_memory_has_nothing_to_remove() -> None:
    """Neither RAM nor a range to add some; with such a range it is a yes."""
    window = mem(1, 16 * GIB, 32 * GIB, hot=True)
    cpus = (cpu(0, 0), cpu(1, 1), mem(0, 0, 14 * GIB))
    assert _advise(srat(*cpus, window), 1).possible
    advice = _advise(srat(*cpus), 1)
    assert not advice.possible
    assert advice.empty == (1,)
    assert advice.because[0].startswith("node 1 has no memory")
    assert not advice.warnings


def test_no_such_node() -> None:
    """The error lists the nodes that there are."""
    with pytest.raises(BootOptionError, match="expected some of 0 and 1"):
        _advise(HOT_1, 5)


def test_an_initrd_that_would_be_in_the_way_is_a_warning() -> None:
    """Without a memory map its place is not known, so the advice is not unconditional."""
    table = srat(cpu(0, 0), mem(0, 0, GIB), mem(1, GIB, 4 * GIB, hot=True))
    machine = series_machine(table, "nokaslr", "6.12")
    advice = advise(replace(machine, memory_map=None, initrd=None, hardware="bare"), (1,), 0)
    assert advice.possible
    assert any(warning.startswith("if an initrd is loaded below") for warning in advice.warnings)
