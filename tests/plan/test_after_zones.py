"""What follows the zones, planned from tables."""

from __future__ import annotations

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.base.units import GIB
from srat_tool.grammar.registry import encode
from srat_tool.kernel.access import Coordinate
from srat_tool.kernel.memory_tiers import Tier
from srat_tool.plan.after_zones import nothing_after_zones
from srat_tool.plan.late_values import AfterZones, NodeAccess
from srat_tool.tables.hmat import Hmat
from tests.hmats import attributes, bandwidth, hmat, latency, side_cache
from tests.machines import cpu, mem, srat
from tests.plan.support import plan, raw

TABLE = srat(cpu(0, 0), mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB))
SLOW = hmat(attributes(0, 0), attributes(1), latency(10, 20), bandwidth(10240, 5120), side_cache(1))


def late(table: Hmat | None = SLOW, kernel: str = "7.2.13", cmdline: str = "nokaslr") -> AfterZones:
    """Plan a guest of two nodes; only the first has a processor."""
    tables = [raw(TABLE)]
    if table is not None:
        tables.append(RawTable(origin=Origin(path="test"), data=encode(table)))
    return plan(TABLE, cmdline, tables=tuple(tables), profile=kernel).after_zones


def test_slower_memory_is_a_tier_of_its_own() -> None:
    """20 ns and 5120 MB/s against 10 ns and 10240: tier 18, weights 21 and 10."""
    found = late()
    assert found.tiers is not None
    assert found.tiers.tiers == (Tier(4, (0,)), Tier(18, (1,)))
    assert found.weights == {0: 21, 1: 10}
    assert NodeAccess(1, 1, (0,), Coordinate(20, 20, 5120, 5120)) in found.access
    assert [(cache.nid, cache.cache.level) for cache in found.caches] == [(1, 1)]
    assert found.dram.algorithm == "hmat"


def test_the_same_machine_on_older_kernels() -> None:
    """6.12 has no weights, 6.1 its fixed tiers, 5.10 none; every empty answer has a reason."""
    assert late(kernel="6.12.117").why == {
        "interleave_weights": "this kernel has no automatic weights"
    }
    old = late(kernel="6.1")
    assert old.tiers is not None
    assert old.tiers.tiers == (Tier(4, (0, 1)),)
    assert old.access == late().access
    oldest = late(kernel="5.10")
    assert oldest.tiers is None
    assert oldest.dram.why == "this kernel has no memory tiers"
    assert oldest.why["fallback_order"] == "this kernel does not print it"
    assert late(kernel="4.19").why["access"] == "this kernel does not read the HMAT"


def test_why_the_hmat_is_not_used() -> None:
    """No table, an option, no domain with a node, a SRAT that is found bad."""
    assert late(None).why["access"] == "there is no HMAT"
    assert late(cmdline="nokaslr numa=nohmat").why["access"] == "numa=nohmat"
    off = late(cmdline="nokaslr numa=off")
    assert "processor domain 0 has no node" in off.why["access"]
    assert late(cmdline="nokaslr numa=noacpi").why["access"] == "the SRAT is not used"


def test_every_node_has_its_fallback_order() -> None:
    """Own memory first."""
    assert [tuple(order) for order in late().fallback_order] == [(0, (0, 1)), (1, (1, 0))]


def test_a_boot_that_does_not_get_there() -> None:
    """Every answer is empty and has a reason."""
    nothing = nothing_after_zones("the boot ends before")
    assert set(nothing.why.values()) == {"the boot ends before"}
    assert nothing.dram.why == "the boot ends before"
    assert (nothing.tiers, nothing.events) == (None, ())


def test_the_log_has_its_lines() -> None:
    """Fallback orders, what the HMAT declares, and demotion targets."""
    lines = plan(TABLE, profile="7.2.13").log
    assert [line for line in lines if line.startswith("Fallback")] == [
        "Fallback order for Node 0: 0 1 ",
        "Fallback order for Node 1: 1 0 ",
    ]
    assert lines[-1] == "Demotion targets for Node 1: null"


def test_a_srat_that_does_not_fit_ram_still_gives_numbers() -> None:
    """Domains keep their nodes when one node is faked; the numbers of that node are shown.

    Seen with 5.10, 6.1 and 7.2.
    """
    table = srat(cpu(0, 0), mem(0, 0, GIB), mem(0, GIB // 2, GIB), mem(1, 4 * GIB, 6 * GIB))
    tables = (raw(table), RawTable(origin=Origin(path="test"), data=encode(SLOW)))
    found = plan(table, "nokaslr", tables=tables, profile="7.2")
    assert found.numa_used == "dummy"
    assert {one.nid for one in found.after_zones.access} == {0}
    said = [line for line in found.log if "hmat" in line]
    assert said[0] == "acpi/hmat: failed to reserve 0x20000000 - 0x40000000 in pxm: 0"
    before = plan(table, "nokaslr", tables=tables, profile="5.4")
    assert not [line for line in before.log if "reserve" in line]
