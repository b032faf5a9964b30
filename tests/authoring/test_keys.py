"""The keys of a section of a spec."""

from __future__ import annotations

import pytest

from srat_tool.authoring.keys import SpecKeys
from srat_tool.base.errors import SpecError


def _keys(**values: object) -> SpecKeys:
    return SpecKeys("", "m.toml", "[memory]", values)


def test_a_key_is_taken_once() -> None:
    """What was read is not left over; an absent key has its default."""
    keys = _keys(title="a")
    assert keys.take("title", str, "") == "a"
    assert keys.take("title", str, "none") == "none"
    keys.finish(("title",))


@pytest.mark.parametrize(("value", "number"), [(5, 5), ("4G", 4 << 30), (None, None)])
def test_numbers_are_integers_or_texts(value: object, number: int | None) -> None:
    """A number may have a unit."""
    assert _keys(size=value).number("size") == number


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("title", True, r"m.toml: \[memory\] title: wrong kind of value, got True"),
        ("size", "4X", r"m.toml: \[memory\] size: .*4X"),
        ("size", 1.5, r"m.toml: \[memory\] size: wrong kind of value, got 1.5"),
    ],
)
def test_errors_name_section_and_key(key: str, value: object, text: str) -> None:
    """So that a user finds the place."""
    keys = _keys(**{key: value})
    with pytest.raises(SpecError, match=text):
        keys.take(key, str, "") if key == "title" else keys.number(key)


def test_unknown_keys_are_refused() -> None:
    """A key that was not read was probably misspelled."""
    with pytest.raises(SpecError, match="unknown key"):
        _keys(tilte="a").finish(("title",))


def test_a_value_is_no_section() -> None:
    """Sections have keys."""
    with pytest.raises(SpecError, match="not a section"):
        SpecKeys("", "m.toml", "[memory]", 3)


def test_lines_have_places() -> None:
    """Comments and blank lines count, and are left out."""
    text = "\n# none\nmem 0 0+1G # one\n"
    source = '[srat]\nentries = """' + text + '"""'
    (line,) = SpecKeys(source, "m.toml", "[srat]", {"entries": text}).lines("entries")
    assert (line.text, line.where) == ("mem 0 0+1G", "m.toml:4")
