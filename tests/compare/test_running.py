"""A plan against what a running kernel reports."""

from __future__ import annotations

import pytest

from srat_tool.compare.running import system_parts
from srat_tool.compare.verified import Verdict
from srat_tool.compare.verify import verify
from srat_tool.observe.sysnode import parse_sysnode
from srat_tool.observe.zone_map import ZoneMap
from srat_tool.observe.zoneinfo import parse_zoneinfo
from srat_tool.plan.observed import Observed
from srat_tool.tables.memmap import MemoryMap
from tests.compare.sample import PLAN, ZONEINFO


def _report(**kept: str) -> dict[str, str]:
    """Return the node folders as a support report keeps them: neither masks nor blocks."""
    files = {f"node/node{n}/distance": t for n, t in enumerate(("10 20\n", "20 10\n"))}
    return files | {f"node/{name.replace('__', '/')}": text for name, text in kept.items()}


def test_what_a_report_does_not_keep_is_no_difference() -> None:
    """Folders alone do not show which nodes have memory."""
    parts = {p.name: p for p in system_parts(PLAN, parse_sysnode(_report()))}
    assert parts["node list"].verdict is Verdict.UNKNOWN
    assert parts["distances"].verdict is Verdict.EQUAL


@pytest.mark.parametrize(("second", "verdict"), [(1024, Verdict.EQUAL), (0, Verdict.DIFFERENT)])
def test_sizes_of_nodes_tell_which_have_memory(second: int, verdict: Verdict) -> None:
    """The meminfo of each node is kept by every report."""
    kept = {
        "node0__meminfo": "Node 0 MemTotal: 2048 kB\n",
        "node1__meminfo": f"Node 1 MemTotal: {second} kB\n",
    }
    parts = {p.name: p for p in system_parts(PLAN, parse_sysnode(_report(**kept)))}
    assert parts["node list"].verdict is verdict


def test_folders_that_are_not_all_there() -> None:
    """A row of distances to nodes whose folders were left out cannot be compared."""
    files = _report()
    del files["node/node1/distance"]
    parts = {p.name: p for p in system_parts(PLAN, parse_sysnode(files))}
    assert parts["distances"].verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("guessed", [0, 4096])
def test_holes_that_were_guessed_prove_nothing(guessed: int) -> None:
    """Pages that are present somewhere in a zone are no evidence against the plan of that zone."""
    zones = tuple(zone._replace(present=zone.present - 1) for zone in parse_zoneinfo(ZONEINFO))
    told = ZoneMap(MemoryMap(()), guessed)
    parts = verify(PLAN, Observed(zones=zones, zone_map=told)).parts
    expected = Verdict.UNKNOWN if guessed else Verdict.DIFFERENT
    assert [part.verdict for part in parts] == [expected]
