"""Two machines of a fleet compared, in the words of `diff`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from srat_tool.base.errors import BootOptionError, SratToolError
from srat_tool.compare.plans import compare_plans
from srat_tool.compare.tables import compare_tables
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.survey import machine_of_inputs
from srat_tool.plan.pipeline import make_plan
from srat_tool.sources.found import Found
from srat_tool.tables.kinds import BY_SIGNATURE

MAX_SENTENCES = 40


class Comparison(NamedTuple):
    """What differs.

    Attributes:
        changes: of the tables, as sentences.
        effects: of that on nodes and zones, or why they are not known.
    """

    changes: tuple[str, ...]
    effects: tuple[str, ...]


def compare_inputs(before: Found, after: Found, options: FleetOptions) -> Comparison:
    """Return what differs between two machines: the tables that matter here, and the plans."""
    left, right = (
        [raw for raw in found.tables if raw.signature in BY_SIGNATURE] for found in (before, after)
    )
    changes = [f"{change.table}: {change.text}" for change in compare_tables(left, right)]
    try:
        plans = [make_plan(machine_of_inputs(found, options)) for found in (before, after)]
    except BootOptionError:
        raise
    except SratToolError as error:
        return Comparison(capped(changes), (f"effects are unknown: {error.message}",))
    return Comparison(capped(changes), capped(e.text for e in compare_plans(plans[0], plans[1])))


def capped(sentences: Iterable[str]) -> tuple[str, ...]:
    """Return sentences, and of many only the first ones and how many more there are."""
    whole = list(sentences)
    if len(whole) <= MAX_SENTENCES:
        return tuple(whole)
    return (*whole[:MAX_SENTENCES], f"{len(whole) - MAX_SENTENCES} more")
