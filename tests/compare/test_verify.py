"""Plan against reality: equal, different, and unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from srat_tool.compare.verified import Verdict, Verification
from srat_tool.compare.verify import verify
from srat_tool.observe.answer import PARTS, squeezed
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.observe.sysnode import parse_sysnode
from srat_tool.observe.zoneinfo import parse_zoneinfo
from srat_tool.plan.observed import Observed
from srat_tool.plan.plan import Alternative, Assumption, NodePlan, PlanDistances
from tests.compare.sample import LOG, NODE_FILES, PLAN, ZONEINFO

DISTANCES = PlanDistances((0, 1, 2), ((10, 20, 20), (20, 10, 20), (20, 20, 10)))


def _observed(lines: tuple[str, ...]) -> Observed:
    return Observed(log=parse_boot_log("\n".join(lines)))


def _verdicts(result: Verification) -> dict[str, Verdict]:
    return {part.name: part.verdict for part in result.parts}


def test_a_kernel_that_did_as_planned() -> None:
    """Log, zones, nodes, distances and blocks all equal."""
    observed = Observed(
        log=parse_boot_log("\n".join(LOG)),
        zones=parse_zoneinfo(ZONEINFO),
        system=parse_sysnode(NODE_FILES),
    )
    result = verify(PLAN, observed)
    assert result.verdict is Verdict.EQUAL
    assert set(_verdicts(result).values()) == {Verdict.EQUAL}
    assert len(result.parts) == len(PARTS) + 5


@pytest.mark.parametrize("at", range(len(LOG)))
def test_every_changed_line_is_found(at: int) -> None:
    """One other line makes its part, and only its part, different."""
    changed = LOG[at].replace("0x00000000", "0x00000001").replace("0x80000000", "0x80001000")
    if changed == LOG[at]:
        changed = LOG[at] + " 0x1"
        changed = changed.replace("  Normal   empty 0x1", "  Normal   [mem 0x1-0x2]")
    result = verify(PLAN, _observed((*LOG[:at], changed, *LOG[at + 1 :])))
    different = [part for part in result.parts if part.verdict is Verdict.DIFFERENT]
    assert len(different) == 1
    assert different[0].seen[different[0].at or 0] == squeezed(changed)
    assert result.verdict is Verdict.DIFFERENT


@pytest.mark.parametrize("count", range(len(LOG)))
def test_a_log_that_ends_early_proves_nothing_about_the_rest(count: int) -> None:
    """Parts that the log does not reach are unknown."""
    result = verify(PLAN, _observed(LOG[:count]))
    verdicts = list(_verdicts(result).values())
    reached = [v for v in verdicts if v is not Verdict.UNKNOWN]
    assert verdicts[len(reached) :] == [Verdict.UNKNOWN] * (len(verdicts) - len(reached))
    assert (result.verdict is Verdict.UNKNOWN) == (not reached)


def test_lines_that_the_log_left_out() -> None:
    """A part that was planned and never printed may have been filtered out of the log."""
    result = verify(PLAN, _observed(LOG[2:]))
    assert _verdicts(result)["srat"] is Verdict.UNKNOWN
    assert result.verdict is Verdict.EQUAL


def test_lines_that_stop_short() -> None:
    """A log that ends among them proves nothing about the rest; one that goes on does."""
    assert verify(PLAN, _observed(LOG[:-1])).verdict is Verdict.EQUAL
    went_on = (*LOG[:-1], "Built 1 zonelists, mobility grouping on.  Total pages: 1310590")
    assert verify(PLAN, _observed(went_on)).verdict is Verdict.DIFFERENT
    crashing = replace(PLAN, crash="RAM without a node")
    assert verify(crashing, _observed(went_on)).verdict is Verdict.EQUAL
    other = (*LOG[:-2], LOG[-2].replace("7fffffff]", "7fffefff]"))
    assert verify(PLAN, _observed(other)).verdict is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("old", "new"),
    [("present  4095", "present  4094"), ("start_pfn:           1", "start_pfn:           2")],
)
def test_figures_of_a_zone(old: str, new: str) -> None:
    """One other page is found, and explained by the node and its RAM."""
    result = verify(PLAN, Observed(zones=parse_zoneinfo(ZONEINFO.replace(old, new))))
    (part,) = result.parts
    assert (part.verdict, part.at) == (Verdict.DIFFERENT, 0)
    assert part.chain[0].startswith("node 0 of domain 0: block")


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("sys/devices/system/node/node2/cpulist", "", "node list"),
        ("sys/devices/system/node/node1/distance", "21 10", "distances"),
        ("sys/devices/system/memory/block_size_bytes", "80000000", "block size"),
        ("sys/devices/system/node/node0/memory20", "", "blocks"),
    ],
)
def test_figures_of_the_node_folders(path: str, text: str, name: str) -> None:
    """Each figure that differs is named."""
    result = verify(PLAN, Observed(system=parse_sysnode({**NODE_FILES, path: text})))
    assert _verdicts(result)[name] is Verdict.DIFFERENT


def test_blocks_that_were_plugged_in_later_do_not_count() -> None:
    """A plan describes the boot: a block beyond its RAM is no difference."""
    files = {**NODE_FILES, "sys/devices/system/node/node1/memory99": ""}
    assert verify(PLAN, Observed(system=parse_sysnode(files))).verdict is Verdict.EQUAL


def test_a_map_with_gaps_proves_no_difference() -> None:
    """Where lines of the memory map were left out, other node ranges prove nothing."""
    entry = "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable"
    other = LOG[-4].replace("7fffffff]", "7fffefff]")
    for comment, verdict in (("# elided 9 lines", Verdict.UNKNOWN), ("", Verdict.DIFFERENT)):
        lines = (entry, comment, *LOG[:-4], other, *LOG[-3:])
        assert _verdicts(verify(PLAN, _observed(lines)))["nodes"] is verdict


def test_nodes_without_memory_may_be_offline() -> None:
    """A node that the plan knows as memoryless is no difference, whether it is online or not."""
    spare = NodePlan(2, 2, (), (), True, False, ())
    plan = replace(PLAN, nodes=(*PLAN.nodes, spare), distances=DISTANCES)
    assert verify(plan, Observed(system=parse_sysnode(NODE_FILES))).verdict is Verdict.EQUAL
    files = {**NODE_FILES, "sys/devices/system/node/node2/cpulist": "4"}
    assert _verdicts(verify(plan, Observed(system=parse_sysnode(files))))["node list"] is (
        Verdict.EQUAL
    )


def test_what_was_assumed_is_said_beside_a_difference() -> None:
    """Only where something differs: that is where a reader looks for the reason."""
    plan = replace(
        PLAN,
        assumptions=(Assumption("initrd", "none", "no log"),),
        alternatives=(Alternative("the kernel lies on node 1", "node 1 has no ZONE_MOVABLE"),),
    )
    assert verify(plan, _observed(LOG)).notes == ()
    assert verify(plan, _observed((*LOG[:-1], LOG[-1] + "?"))).notes == (
        "assumed initrd none: no log",
        "if the kernel lies on node 1: node 1 has no ZONE_MOVABLE",
    )


def test_nothing_observed_cannot_be_told() -> None:
    """No evidence is no verdict."""
    assert verify(PLAN, Observed()).verdict is Verdict.UNKNOWN
