"""A plan as the values of a page."""

from __future__ import annotations

import json
from dataclasses import replace

from srat_tool.api.machine import load
from srat_tool.api.planning import plan as planned
from srat_tool.plan.plan import Assumption
from srat_tool.render.report.plan_data import CHAINS, plan_value
from tests.render.samples import SAMPLES, big, two_sockets


def test_every_sample_is_json() -> None:
    """No value that JSON does not know."""
    for sample in SAMPLES.values():
        assert json.loads(json.dumps(plan_value(sample()))) is not None


def test_pieces_cover_all_memory() -> None:
    """By address, in hexadecimal, because a script's numbers have 53 bits."""
    plan = two_sockets()
    value = plan_value(plan)
    size = sum(int(end, 16) - int(start, 16) for _, start, end, _, _ in value["pieces"])
    assert size == sum(region.end - region.start for region in plan.memory)


def test_entries_have_their_offsets() -> None:
    """What the kernel read, so that a bar leads to its bytes."""
    value = plan_value(planned(load("example:two-sockets-removable-riser")))
    assert ["840000000", "1040000000", 0x228, 1] in value["sources"]


def test_windows_of_both_tables() -> None:
    """The ranges of the SRAT without RAM, then the windows of the CEDT."""
    value = plan_value(planned(load("example:cxl-window")))
    assert [row[3] for row in value["windows"]] == ["SRAT", "CEDT", "CEDT"]


def test_chains_of_many_nodes_are_bounded() -> None:
    """How many are left out is on the page."""
    chains = plan_value(big(CHAINS + 6))["chains"]
    assert len(chains["nodes"]) == CHAINS
    assert chains["more"].startswith("6 more nodes")


def test_words_are_escaped() -> None:
    """Control characters of a log or a path reach no page."""
    plan = replace(two_sockets(), assumptions=(Assumption("\x1b", "\u202e", "x"),))
    assert not {"\x1b", "\u202e"} & set("".join(text for _, text in plan_value(plan)["facts"]))
