"""The packed forms next to the declarations from which they are made."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from construct import Array, Bytes, Int8ul, Int16ul, Int32ub, Int64ul, Struct, VarInt, this
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.base.errors import DecodeError
from srat_tool.grammar.derive import DECLARED, PACKED, form_of, packed_text, parse
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.packed import FORMS


class _Point(NamedTuple):
    offset: int
    kind: int
    name: bytes
    place: int
    extra: bytes = b""


DECLARATION = Struct("kind" / Int8ul, "name" / Bytes(3), "place" / Int64ul)
DATA = b"..\x07abc\x01\0\0\0\0\0\0\x80"


def test_the_packed_forms_are_up_to_date() -> None:
    """The file is what `make packed` writes."""
    assert PACKED.read_text() == packed_text()


@pytest.mark.parametrize("name", list(DECLARED))
def test_a_form_is_its_declaration(name: str) -> None:
    """Names, codes and arrays of a form are those that construct declares."""
    form, derived = FORMS[name], form_of(DECLARED[name])
    assert (form.flat, form.codes) == (derived.flat, derived.codes)
    assert [run[:3] for run in form.runs] == [run[:3] for run in derived.runs]


@given(st.sampled_from([n for n in DECLARED if FORMS[n].runs]), st.binary(min_size=64))
def test_counts_agree(name: str, data: bytes) -> None:
    """The count of an array is what the declaration computes from the same fields."""
    form, derived = FORMS[name], form_of(DECLARED[name])
    values = Layout(dict, form=form).packed.unpack_from(data)
    fields = dict(zip(form.flat, values, strict=True))
    assert [run.count(fields) for run in form.runs] == [run.count(fields) for run in derived.runs]


def test_both_ways_to_read_agree() -> None:
    """The packed form and construct give the same value, offset included."""
    layout = Layout(_Point, form=form_of(DECLARATION))
    assert layout.decode(DATA, 2) == parse(_Point, DATA, 2, DECLARATION)


def test_construct_says_when_bytes_are_missing() -> None:
    """A cut structure is our own error, with its offset."""
    with pytest.raises(DecodeError, match=r"\+0x0003"):
        parse(_Point, DATA, 3, DECLARATION)


@pytest.mark.parametrize("field", ["x" / Int32ub, "x" / VarInt])
def test_only_flat_little_endian_fields(field: object) -> None:
    """A field that struct cannot express is refused."""
    with pytest.raises(TypeError, match="x "):
        form_of(Struct(field))


def test_arrays_are_runs() -> None:
    """An array and counted bytes become runs of their elements."""
    form = form_of(
        Struct("n" / Int8ul, "items" / Array(this.n, Int16ul), "rest" / Bytes(this.n - 1))
    )
    assert [run[:3] for run in form.runs] == [("items", "H", 2), ("rest", "s", 1)]
    assert [run.count({"n": 3}) for run in form.runs] == [3, 2]
