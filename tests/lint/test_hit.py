"""Severities and hits."""

from __future__ import annotations

from srat_tool.lint.hit import Hit, Severity


def test_severities_are_in_order() -> None:
    """An error is worse than a warning, and each has its word."""
    assert Severity.ERROR > Severity.WARNING > Severity.INFO
    assert [severity.label for severity in Severity] == ["info", "warning", "error"]


def test_a_hit_needs_only_its_message() -> None:
    """Where it has no more, the engine fills in the rule's values."""
    assert Hit("odd") == Hit("odd", None, None, 0, None, None, "")
