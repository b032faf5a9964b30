"""TOML from outside."""

from __future__ import annotations

import pytest

from srat_tool.base.toml import MAX_LEVELS, TomlError, toml_document


def test_a_document() -> None:
    """As tomllib gives it."""
    assert toml_document("a = 1\n[b]\nc = [[2]]\n", "x") == {"a": 1, "b": {"c": [[2]]}}


@pytest.mark.parametrize(
    "text",
    [
        "a = ",
        "a = 1\na = 2\n",
        "a = " + "9" * 5000,
        "a = " + "[" * 5000,
        "a = " + "[" * 60 + "]" * 60,
        ".".join("a" * 50) + " = 1",
        ".".join("a" * 200_000) + " = 1",
        "a = 1979-13-01",
        "\0",
    ],
    ids=["cut", "twice", "digits", "open", "nested", "dotted", "endless", "date", "control"],
)
def test_what_is_wrong_is_one_error(text: str) -> None:
    """Numbers of 5,000 digits and nesting that would end a recursion included."""
    with pytest.raises(TomlError, match=r"^x: not TOML"):
        toml_document(text, "x")


def test_levels_that_are_used_are_read() -> None:
    """A spec has three; there is room."""
    assert toml_document("a" + ".a" * (MAX_LEVELS - 2) + " = 1", "x")
