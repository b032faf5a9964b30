"""What a fleet is planned with, as values that can be sent to another process or machine."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.api.options import PLAN_DEFAULTS, PlanOptions
from srat_tool.base.limits import Budget
from srat_tool.fleet.texts import digest
from srat_tool.version import __version__


class FleetOptions(NamedTuple):
    """How a fleet is read and planned.

    Attributes:
        plan: which kernel is planned, and facts that replace those that are found.
        budget: bounds on the work for each machine's files.
        jobs: processes on this machine; None for one on each processor.
        executor: `dask:ADDRESS` of a scheduler; None for processes on this machine.
    """

    plan: PlanOptions = PLAN_DEFAULTS
    budget: Budget = Budget()
    jobs: int | None = None
    executor: str | None = None

    @property
    def fingerprint(self) -> str:
        """A text that differs where rows may: options, bounds, and this program's version."""
        return digest(__version__, repr(self.plan), repr(self.budget))
