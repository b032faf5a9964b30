"""How an answer is to look."""

from __future__ import annotations

import io

import pytest

from srat_tool.lint.hit import Severity
from srat_tool.render.look import DEFAULT, Look


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_eyes_are_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or where colours are forced; never at a file or a string."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert Look(stream=_Terminal()).eyes
    assert not Look(stream=io.StringIO()).eyes
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert Look(stream=io.StringIO()).eyes
    assert not DEFAULT.eyes


def test_severities_at_and_above_are_shown() -> None:
    """All of them where no severity is chosen."""
    assert DEFAULT.shows(Severity.INFO)
    look = Look(severity=Severity.WARNING)
    assert [look.shows(one) for one in Severity] == [False, True, True]


def test_paper_of_a_string_has_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment wishes for terminals."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert DEFAULT.paper.color is None
    assert DEFAULT.paper.width == 100
    assert Look(width=77, stream=_Terminal()).paper.width == 77
