"""A chain of reasons as JSON values."""

from __future__ import annotations

from srat_tool.render.plan.explain_json import explain_value
from tests.render.plan.test_explain import TREE


def test_json() -> None:
    """The same tree for scripts."""
    document = explain_value(TREE)
    assert document["schema"] == "srattool.explain/1"
    assert document["steps"][0]["steps"][0] == {
        "text": "domain 1 has memory",
        "offset": 0x58,
        "steps": [],
    }
