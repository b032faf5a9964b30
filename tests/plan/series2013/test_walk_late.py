"""Patches 10, 6, 1, 12, 11 and 13."""

from __future__ import annotations

from srat_tool.base.units import GIB, MIB
from srat_tool.plan.series2013.section import Section
from srat_tool.plan.series2013.walk_late import LATE, documentation, reservations
from tests.machines import mem, srat
from tests.plan.series import series_run


def _section(patch: int, **fields: object) -> Section:
    run = series_run(**fields)  # type: ignore[arg-type]
    return next(s for s in (step(run) for step in (*reservations, *LATE)) if patch in s.patches)


def test_patch_10_has_a_row_for_every_hot_range() -> None:
    """With offset, range, node, verdict and reason."""
    rows = _section(10).rows
    assert [row[3] for row in rows] == ["kernel-node", "reserved", "reserved"]
    cold = srat(mem(0, 0, 14 * GIB))
    assert "nothing to reserve" in _section(10, table=cold).points[0]


def test_patch_6_names_the_flags() -> None:
    """DEFAULT, LOCAL_NODE, HOTPLUGGABLE."""
    rows = _section(6).rows
    assert {row[3] for row in rows} == {"DEFAULT", "LOCAL_NODE", "HOTPLUGGABLE"}


def test_patch_1_tells_where_node_data_went_and_why() -> None:
    """Node 1 has no memory that is not hot."""
    rows = _section(1).rows
    assert rows[1][0] == "node 1"
    assert rows[1][2:] == ("node 2", "node 1 has no free memory that is not hot")


def test_patch_1_tells_of_nodes_too_small_to_be_registered() -> None:
    """Less than 4 MiB."""
    table = srat(mem(0, 0, 14 * GIB - 2 * MIB), mem(1, 14 * GIB - 2 * MIB, 14 * GIB, hot=True))
    assert "not registered" in " ".join(_section(1, table=table).points)


def test_patch_12_tells_the_start_and_quotes_it() -> None:
    """Unrounded; as posted in bytes, and then nothing is movable."""
    section = _section(12)
    assert section.verbatim[1:] == ("  Node 1: 0x180000000", "  Node 2: 0x2c0000000")
    posted = _section(12, profile="acpi2013-v2-posted")
    assert "used as a page frame number" in " ".join(posted.points)
    assert any(row[2] == "spans nothing" for row in posted.rows)
    assert "switch is off" in _section(12, cmdline="").points[0]
    cold = srat(mem(0, 0, 14 * GIB))
    assert "no node has a ZONE_MOVABLE" in " ".join(_section(12, table=cold).points)


def test_patch_11_counts_released_kept_and_leaked() -> None:
    """Two hot nodes in a row with nothing between: the second leaks."""
    assert {row[0] for row in _section(11).rows} == {"released", "kept"}
    table = srat(
        mem(0, 0, 6 * GIB),
        mem(1, 6 * GIB, 10 * GIB, hot=True),
        mem(2, 10 * GIB, 14 * GIB, hot=True),
    )
    leaky = _section(11, table=table, direct_map="1G")
    assert "4G is never freed" in " ".join(leaky.points)
    assert ("leaked", "node 2", "0x280000000-0x37fffffff", "4G") in leaky.rows


def test_patch_13_is_documentation() -> None:
    """In our words, on any machine."""
    assert documentation().patches == (13,)
