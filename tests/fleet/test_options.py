"""Options of a fleet."""

from __future__ import annotations

from srat_tool.api.options import PlanOptions
from srat_tool.base.limits import Budget
from srat_tool.fleet.options import FleetOptions


def test_the_fingerprint_is_that_of_what_changes_rows() -> None:
    """Who does the work changes nothing."""
    plain = FleetOptions()
    assert plain.fingerprint == FleetOptions(jobs=7).fingerprint
    for other in (FleetOptions(PlanOptions(kernel="6.1")), FleetOptions(budget=Budget(depth=1))):
        assert other.fingerprint != plain.fingerprint
