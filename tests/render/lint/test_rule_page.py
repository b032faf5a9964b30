"""The page of a rule."""

from __future__ import annotations

from srat_tool.lint.rules import all_rules, load
from srat_tool.render.lint.rule_page import rule_markdown, rule_page

RULE = load(next(entry for entry in all_rules() if entry.id == "SRAT102"))


def test_page_has_everything() -> None:
    """The sections, and the examples with what is found."""
    text = rule_page(RULE)
    assert text.startswith("SRAT102 overlap-same-pxm: warning, needs SRAT")
    assert "How to fix\n  Merge the entries." in text
    assert "mem 0 3G+4G" in text
    assert "SRAT102 reports nothing." in text


def test_severities_of_profiles_are_in_the_title() -> None:
    """Where a profile has one that differs."""
    rule = load(next(entry for entry in all_rules() if entry.id == "SRAT016"))
    assert " (spec: error), " in rule_page(rule).partition("\n")[0]


def test_markdown_has_everything() -> None:
    """The manual's page is made from the same parts."""
    text = rule_markdown(RULE)
    assert text.startswith("### SRAT102 overlap-same-pxm\n")
    assert "**How to fix.** Merge the entries." in text
    assert "```toml\n[srat]" in text
