"""One verdict for every byte of every hot-pluggable range."""

from __future__ import annotations

from srat_tool.base.units import GIB
from srat_tool.plan.series2013.hot_ranges import series_hot_ranges
from tests.machines import mem, srat
from tests.plan.series import KERNEL, series_run


def test_the_verdicts_of_the_worked_example() -> None:
    """The kernel's node keeps its hot range, the others are reserved."""
    judged = series_hot_ranges(series_run())
    assert [(hot.nid, hot.verdict) for hot in judged] == [
        (0, "kernel-node"),
        (1, "reserved"),
        (2, "reserved"),
    ]
    assert f"{KERNEL.start:#x}" in judged[0].because


def test_a_range_beyond_ram_is_judged_in_two_parts() -> None:
    """What has RAM is reserved, the rest waits for memory."""
    table = srat(mem(0, 0, 6 * GIB), mem(1, 6 * GIB, 20 * GIB, hot=True))
    judged = series_hot_ranges(series_run(table))
    assert [(hot.start, hot.end, hot.verdict) for hot in judged] == [
        (6 * GIB, 14 * GIB, "reserved"),
        (14 * GIB, 20 * GIB, "no-ram"),
    ]


def test_a_hot_range_in_a_hole_is_reserved_all_the_same() -> None:
    """Only ranges above all RAM disappear."""
    table = srat(mem(0, 0, 2 * GIB), mem(1, 2 * GIB, 3 * GIB, hot=True), mem(1, 4 * GIB, 14 * GIB))
    (judged,) = series_hot_ranges(series_run(table))
    assert judged.verdict == "reserved"
    assert "it contains no RAM" in judged.because


def test_odd_entries_have_verdicts_too() -> None:
    """Disabled, empty and backwards."""
    table = srat(
        mem(0, 0, 14 * GIB),
        mem(1, 2 * GIB, 3 * GIB, hot=True, enabled=False),
        mem(1, 3 * GIB, 3 * GIB, hot=True),
        mem(1, 5 * GIB, 4 * GIB, hot=True),
    )
    assert [hot.verdict for hot in series_hot_ranges(series_run(table))] == [
        "disabled",
        "no-ram",
        "no-ram",
    ]


def test_an_entry_that_is_not_read_is_said_to_be() -> None:
    """The 129th memory entry does not exist for this kernel."""
    table = srat(*[mem(0, 0, 14 * GIB)] * 128, mem(0, 2 * GIB, 3 * GIB, hot=True))
    (judged,) = series_hot_ranges(series_run(table))
    assert "first 128" in judged.because


def test_as_posted_the_kernels_node_is_reserved_as_well() -> None:
    """No kernel node is known, so every hot range is reserved."""
    run = series_run(profile="acpi2013-v2-posted")
    assert {hot.verdict for hot in series_hot_ranges(run)} == {"reserved"}
    assert run.kernel_nodes == {}
