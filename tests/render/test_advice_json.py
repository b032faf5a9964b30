"""Advice as JSON values."""

from __future__ import annotations

from srat_tool.base.units import GIB
from srat_tool.plan.advise import advise
from srat_tool.render.advice_json import advice_value
from tests.machines import mem, srat
from tests.plan.series import series_machine

COLD = srat(mem(0, 0, 6 * GIB), mem(1, 6 * GIB, 14 * GIB))


def test_json_has_the_same() -> None:
    """Machine-readable, with its schema, addresses also in hexadecimal."""
    answer = advice_value(advise(series_machine(COLD, "nokaslr", "6.1"), [1]))
    assert answer["schema"] == "srattool.advice/1"
    assert answer["possible"] is True
    assert answer["options"] == ["movable_node"]
    assert answer["edits"][0]["start_hex"] == "0x180000000"
