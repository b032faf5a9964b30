"""Answers as values and text."""

from __future__ import annotations

import json

import pytest

from srat_tool.api.shown import formats, to_json, to_text
from srat_tool.render.formats import FormatError
from tests.render.answers import answers

ANSWERS = answers()


@pytest.mark.parametrize("name", [name for name in ANSWERS if "json" in formats(ANSWERS[name])])
def test_json_values_are_those_of_the_command(name: str) -> None:
    """Each has its schema."""
    value = to_json(ANSWERS[name])
    assert value["schema"].startswith("srattool.")
    assert json.loads(json.dumps(value)) == json.loads(to_text(ANSWERS[name], "json"))


@pytest.mark.parametrize("name", list(ANSWERS))
def test_formats_are_those_of_the_table(name: str) -> None:
    """Text first; width and long lists are choices."""
    assert formats(ANSWERS[name])[0] == "text"
    assert to_text(ANSWERS[name], width=80, everything=True)


@pytest.mark.parametrize("name", list(ANSWERS))
def test_repr_is_one_short_line(name: str) -> None:
    """A notebook shows it."""
    text = repr(ANSWERS[name])
    assert text.startswith(f"<{name}")
    assert "\n" not in text
    assert len(text) < 300


def test_what_is_no_answer() -> None:
    """Our own error."""
    with pytest.raises(FormatError):
        to_json(1)
    with pytest.raises(FormatError):
        formats(1)
