"""How a row is written."""

from __future__ import annotations

from srat_tool.kernel.evidence import ProfileChange, booted
from srat_tool.kernel.history import row
from srat_tool.kernel.profiles import NEWEST


def test_a_row_keeps_what_it_does_not_change() -> None:
    """Wording and answers come from the base; changes and evidence are the row's."""
    change, seen = ProfileChange("nodes are larger"), (booted("9.9.1"),)
    new = row(NEWEST, "9.9", (9, 9), change, seen=seen, says={"hot": " hot"}, max_nodes=4)
    assert (new.name, new.since, new.max_nodes, new.printk.hot) == ("9.9", (9, 9), 4, " hot")
    assert (new.changes, new.rests_on) == ((change,), seen)
    assert new.printk.srat == NEWEST.printk.srat
    assert new.windows is NEWEST.windows
