"""Logs of real machines, 2.6 to 6.4: what was predicted of each is what its kernel printed.

A known disagreement is a row with its reason, and its test fails when the row has gone stale.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.compare.reality import plan_of
from srat_tool.compare.verified import Verdict
from srat_tool.compare.verify import verify
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.observed import Observed
from tests.support import CORPUS, needs_corpus

pytestmark = [pytest.mark.corpus, needs_corpus]

JUDGED = {"srat", "cpus", "numa", "zones", "movable", "nodes"}


def _logs() -> list[Path]:
    return sorted((CORPUS / "dmesg").glob("*.log"))


@pytest.mark.parametrize("path", _logs(), ids=lambda path: path.stem)
def test_every_line_was_predicted(path: Path) -> None:
    """Entries, processors, merges, zones, ZONE_MOVABLE and node ranges, line for line."""
    log = parse_boot_log(path.read_text(errors="replace"))
    if not log.answer.node_ranges:
        pytest.skip("the log has no node ranges")
    observed = Observed(log=log, memory_map=log.memory_map, release=log.release)
    planned = plan_of((), observed)
    result = verify(planned.plan, observed, basis=planned.basis)
    different = {part.name for part in result.parts if part.verdict is Verdict.DIFFERENT}
    assert different & JUDGED == set()
