"""JSON with an indent, held against the library's."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from srat_tool.render.indented import indented, pieces

_LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
_VALUES = st.recursive(
    _LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(_VALUES)
def test_the_same_text(value: object) -> None:
    """Whatever the value, character by character."""
    assert indented(value) == json.dumps(value, indent=2)


@given(st.dictionaries(st.text(), _VALUES))
def test_a_document_in_pieces(value: dict[str, object]) -> None:
    """Joined they are the whole."""
    assert "".join(pieces(value)) == json.dumps(value, indent=2)


def test_a_long_list_in_pieces() -> None:
    """An iterator of strings is written as the list of them, also an empty one."""
    for some in ([], ["a"], [str(n) for n in range(10_000)]):
        value = {"before": 1, "lines": some, "after": None}
        written = "".join(pieces({**value, "lines": iter(some)}))
        assert written == json.dumps(value, indent=2)
