"""Structures that share what is not in columns are written as each alone would be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.authoring.languages import LANGUAGES
from srat_tool.authoring.line_writer import LineWriter

NUMBERS = st.sampled_from([0, 1, 0x80, 0xFF, 0x1000, 1 << 31, (1 << 63), (1 << 64) - 1])


@pytest.mark.parametrize("name", sorted(LANGUAGES))
@given(data=st.data())
def test_as_each_alone(name: str, data: st.DataObject) -> None:
    """Whatever the bytes are, also where a range goes past the last address."""
    language = LANGUAGES[name]
    writer = LineWriter(language)
    form = data.draw(st.sampled_from(language.forms))
    size = form.layout.size
    start = language.family.start
    for _ in range(4):
        body = b"".join(data.draw(NUMBERS).to_bytes(8, "little") for _ in range(size // 8 + 1))
        chunk = start.pack(form.type, size) + body[: size - start.size]
        last = data.draw(st.booleans())
        assert writer.write(chunk, last=last) == language.write(chunk, last=last)
    short = chunk[: data.draw(st.integers(0, size))]
    assert writer.write(short, last=True) == language.write(short, last=True)
