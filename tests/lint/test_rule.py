"""The parts that rules are made of."""

from __future__ import annotations

from srat_tool.lint.hit import Severity
from srat_tool.lint.rule import Rule, Scope, SratRule, TableRule


def test_severities_are_ordered() -> None:
    """An error is worse than a warning, a warning worse than information."""
    assert Severity.INFO < Severity.WARNING < Severity.ERROR
    assert Severity.ERROR.label == "error"


def test_profile_decides() -> None:
    """A profile may have its own severity; the others have the rule's."""

    class Mine(Rule):
        severity = Severity.WARNING
        severities = {"freebsd": Severity.ERROR}  # noqa: RUF012

    assert Mine().severity_for("freebsd") is Severity.ERROR
    assert Mine().severity_for("linux") is Severity.WARNING


def test_scopes() -> None:
    """A rule about bytes looks at any table, one about the SRAT at SRATs."""
    assert (TableRule.scope, TableRule.table) == (Scope.BYTES, "")
    assert (SratRule.scope, SratRule.table) == (Scope.TABLE, "SRAT")
