"""A comparison of two sets of tables as JSON values."""

from __future__ import annotations

from srat_tool.render.diff_json import diff_value
from tests.render.test_diff import FLAG, MOVED, diff


def test_unknown_effects_are_null() -> None:
    """Which is not the same as no effect."""
    assert diff_value(diff(FLAG, effects=None))["effects"] is None
    assert diff_value(diff(FLAG, effects=()))["effects"] == []


def test_json() -> None:
    """Everything that the text contains, in stable order, escaped."""
    document = diff_value(diff(FLAG, MOVED))
    assert document["schema"] == "srattool.diff/1"
    assert [c["kind"] for c in document["changes"]] == ["flag", "added"]
    assert document["changes"][1]["text"] == "[red]x\\x1b"
    assert document["changes"][1]["offset_before"] is None
    assert document["effects"][0] == {
        "nid": 1,
        "what": "Movable",
        "before": "0B",
        "after": "4K",
        "text": "node 1: Movable was 0B, is 4K",
    }
