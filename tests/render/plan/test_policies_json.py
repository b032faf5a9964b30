"""Policies side by side as JSON values."""

from __future__ import annotations

from srat_tool.compare.policies import compare_policies
from srat_tool.render.plan.policies_json import policies_value
from tests.plan.series import series_machine


def test_json_has_the_same() -> None:
    """Sizes in bytes, one sentence a difference."""
    answer = policies_value(compare_policies(series_machine(profile="6.1")))
    assert answer["schema"] == "srattool.policies/1"
    assert answer["policies"][0]["option"] == "movablecore=acpi"
    assert answer["policies"][0]["nodes"][1]["movable"] == 4 << 30
    assert all(difference["sentence"].endswith(".") for difference in answer["differences"])
